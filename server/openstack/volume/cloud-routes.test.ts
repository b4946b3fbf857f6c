/**
 * Who may ask what of all that the volume API has besides volumes: every route, for everybody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '~/db/schema/compute';
import { pools } from '~/db/schema/volume';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { CLOUD_ROUTES } from './cloud-routes';

let cloud: RestCloud;
let privateType: string;
let qosSpecs: string;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const { orm } = cloud.runtime.database;
  await orm.insert(services).values({ binary: 'cinder-volume', host: 'h@b', zone: 'nova' });
  await orm.insert(pools).values({ name: 'h@b#b' }).onConflictDoNothing();
  const type = { name: 'private', 'os-volume-type-access:is_public': false };
  privateType = (await cloud.ask('admin', 'POST', '/volume/v3/types', { volume_type: type })).textAt(
    'volume_type',
    'id',
  );
  const project = { addProjectAccess: { project: cloud.projectId } };
  await cloud.ask('admin', 'POST', `/volume/v3/types/${privateType}/action`, project);
  const made = await cloud.ask('admin', 'POST', '/volume/v3/qos-specs', { qos_specs: { name: 'fast' } });
  qosSpecs = made.textAt('qos_specs', 'id');
});
afterAll(() => cloud.close());

/** Status for alt, reader, member, admin, asked in this order. */
type Expected = readonly [alt: number, reader: number, member: number, admin: number];

const ALL: Expected = [200, 200, 200, 200];
const ADMIN: Expected = [403, 403, 403, 200];
const EMPTY_ADMIN: Expected = [403, 403, 403, 200];

type Entry = [method: string, path: string, expected: Expected, body?: unknown];

/** Method, path, what is said of it for everybody in turn, and the body. `TYPE` is shared with the project, not alt. */
const ROUTES: Entry[] = [
  ['GET', '/types', ALL],
  ['POST', '/types', [403, 403, 403, 200], { volume_type: { name: 'matrix' } }],
  ['GET', '/types/TYPE', [404, 200, 200, 200]],
  ['PUT', '/types/TYPE', [403, 403, 403, 200], { volume_type: { description: 'x' } }],
  ['GET', '/types/TYPE/extra_specs', [404, 200, 200, 200]],
  ['POST', '/types/TYPE/extra_specs', [403, 403, 403, 200], { extra_specs: { multiattach: '<is> False' } }],
  ['GET', '/types/TYPE/extra_specs/multiattach', [404, 200, 200, 200]],
  ['PUT', '/types/TYPE/extra_specs/multiattach', [403, 403, 403, 200], { multiattach: '<is> True' }],
  ['DELETE', '/types/TYPE/extra_specs/multiattach', [403, 403, 403, 202]],
  ['GET', '/types/TYPE/os-volume-type-access', ADMIN],
  ['POST', '/types/TYPE/action', [403, 403, 403, 409], { addProjectAccess: { project: 'PROJECT' } }],
  ['POST', '/types/TYPE/action', [403, 403, 403, 202], { removeProjectAccess: { project: 'PROJECT' } }],
  [
    'POST',
    '/types/TYPE/encryption',
    ADMIN,
    { encryption: { provider: 'luks', control_location: 'front-end', cipher: 'aes' } },
  ],
  ['GET', '/types/TYPE/encryption', ADMIN],
  ['GET', '/types/TYPE/encryption/cipher', ADMIN],
  ['PUT', '/types/TYPE/encryption/any', ADMIN, { encryption: { key_size: 256 } }],
  ['DELETE', '/types/TYPE/encryption/any', [403, 403, 403, 202]],
  ['DELETE', '/types/TYPE', [403, 403, 403, 202]],
  ['GET', '/qos-specs', ADMIN],
  ['POST', '/qos-specs', ADMIN, { qos_specs: { name: 'matrix' } }],
  ['GET', '/qos-specs/QOS', ADMIN],
  ['PUT', '/qos-specs/QOS', ADMIN, { qos_specs: { read_iops_sec: '10' } }],
  ['PUT', '/qos-specs/QOS/delete_keys', [403, 403, 403, 202], { keys: ['read_iops_sec'] }],
  ['GET', '/qos-specs/QOS/associations', ADMIN],
  ['GET', '/qos-specs/QOS/associate?vol_type_id=USUAL', [403, 403, 403, 202]],
  ['GET', '/qos-specs/QOS/disassociate?vol_type_id=USUAL', [403, 403, 403, 202]],
  ['GET', '/qos-specs/QOS/disassociate_all', [403, 403, 403, 202]],
  ['DELETE', '/qos-specs/QOS', [403, 403, 403, 202]],
  ['GET', '/os-quota-sets/PROJECT', [403, 200, 200, 200]],
  ['GET', '/os-quota-sets/PROJECT/defaults', [403, 200, 200, 200]],
  ['PUT', '/os-quota-sets/PROJECT', [403, 403, 403, 200], { quota_set: { volumes: 20 } }],
  ['DELETE', '/os-quota-sets/PROJECT', [403, 403, 403, 200]],
  ['GET', '/os-quota-class-sets/default', ADMIN],
  ['PUT', '/os-quota-class-sets/default', ADMIN, { quota_class_set: { volumes: 20 } }],
  ['GET', '/limits', ALL],
  ['GET', '/os-availability-zone', ALL],
  ['GET', '/os-services', ADMIN],
  ...['enable', 'disable'].map(
    (word): Entry => ['PUT', `/os-services/${word}`, ADMIN, { host: 'h@b', binary: 'cinder-volume' }],
  ),
  [
    'PUT',
    '/os-services/disable-log-reason',
    ADMIN,
    { host: 'h@b', binary: 'cinder-volume', disabled_reason: 'why not' },
  ],
  ...['freeze', 'thaw'].map((word): Entry => ['PUT', `/os-services/${word}`, ADMIN, { host: 'h@b' }]),
  ...['failover_host', 'failover'].map(
    (word): Entry => ['PUT', `/os-services/${word}`, [403, 403, 403, 400], { host: 'h@b' }],
  ),
  ['GET', '/os-hosts', ADMIN],
  ['GET', '/os-hosts/h@b', [403, 403, 403, 404]],
  ['GET', '/scheduler-stats/get_pools', ADMIN],
  ['GET', '/capabilities/h@b', ADMIN],
  ['GET', '/extensions', ALL],
  ['GET', '/extensions/os-hosts', ALL],
  ['GET', '/resource_filters', ALL],
  ['GET', '/messages', ALL],
  ['GET', '/messages/5e3d8cd1-0000-4000-8000-000000000000', [404, 404, 404, 404]],
  ['DELETE', '/messages/5e3d8cd1-0000-4000-8000-000000000000', [404, 404, 404, 404]],
  ...['backups', 'consistencygroups', 'cgsnapshots', 'groups', 'group_snapshots'].flatMap((list) =>
    absent(list, false, true),
  ),
  ...absent('group_types', false, false),
  ...absent('default-types', true, false),
  ...[
    'clusters',
    'manageable_volumes',
    'manageable_snapshots',
    'os-volume-manage',
    'os-snapshot-manage',
  ].flatMap((list) => absent(list, true, true)),
  ['POST', '/workers/cleanup', [403, 403, 403, 202], {}],
];

function absent(list: string, admin: boolean, detail: boolean): Entry[] {
  const status = (code: number): Expected => (admin ? [403, 403, 403, code] : [code, code, code, code]);
  return [
    ['GET', `/${list}`, admin ? EMPTY_ADMIN : ALL],
    ...(detail ? [['GET', `/${list}/detail`, status(200)] satisfies Entry] : []),
    ['GET', `/${list}/some-id`, status(404)],
    ['POST', `/${list}`, status(400), {}],
  ];
}

const microversion = '3.71';
const place = (path: string) =>
  path
    .replace('TYPE', privateType)
    .replace('QOS', qosSpecs)
    .replace('USUAL', cloud.shared.typeIds.__DEFAULT__ ?? '')
    .replace('PROJECT', cloud.projectId);

describe('every route', () => {
  it('is in the matrix', () => {
    const asked = ROUTES.map(([method, path]) => `${method} ${path.replace(/\?.*/, '')}`);
    for (const { method, path } of CLOUD_ROUTES) {
      const pattern = new RegExp(`^${method} ${path.replace(/:\w+/g, '[^/]+')}$`);
      expect(
        asked.some((each) => pattern.test(each)),
        `${method} ${path}`,
      ).toBe(true);
    }
  });

  it.each<Entry>(ROUTES)('%s %s', async (method, path, [alt, reader, member, admin], body) => {
    const sent = body === undefined ? undefined : JSON.parse(place(JSON.stringify(body)));
    expect(await cloud.askAll(method, `/volume/v3${place(path)}`, sent, { microversion })).toEqual({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt,
      reader,
      member,
      admin,
    });
    // A service opens nothing that its user may not.
    const asService = { microversion, serviceToken: 'good' } as const;
    expect((await cloud.ask('member', method, `/volume/v3${place(path)}`, sent, asService)).status).toBe(
      member,
    );
  });

  it.each<Entry>(ROUTES)('%s %s is not asked in another project’s name', async (method, path, _, body) => {
    const address = `/volume/v3/${cloud.altProject.id}${place(path)}`;
    const sent = body === undefined ? undefined : JSON.parse(place(JSON.stringify(body)));
    expect((await cloud.ask('admin', method, address, sent, { microversion })).status).toBe(400);
  });
});
