/**
 * Whatever is sent to the actions on a volume and about attachments: never a server error.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { VOLUME_ACTION_ROUTES } from './volume-actions';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const NUL = String.fromCharCode(0);
const LONE = String.fromCharCode(0xd800);
/** As deep as a body of the largest size can be. */
const DEEP = 50_000;
const VALUES: unknown[] = [
  ...['', ' ', '%00', "' or 1=1", '-1', '1e400', '..', 'a'.repeat(5000), '💾', '2147483648', NUL, LONE],
  ...[null, true, 0, -1, 1.5, 1e308, [], [[[]]], {}, { toString: 1 }, { sealed: 'x', host: 'h' }],
  { __proto__: null, constructor: { prototype: 1 } },
];
/** Fields of the actions that have any. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'os-extend': ['new_size'],
  'os-extend_volume_completion': ['error'],
  'os-reset_status': ['status', 'attach_status', 'migration_status'],
  revert: ['snapshot_id'],
  'os-set_image_metadata': ['metadata'],
  'os-unset_image_metadata': ['key'],
  'os-detach': ['attachment_id'],
  'os-force_detach': ['attachment_id', 'connector'],
  'os-retype': ['new_type'],
  'os-migrate_volume': ['host', 'cluster'],
  'os-migrate_volume_completion': ['new_volume'],
  'os-set_bootable': ['bootable'],
  'os-volume_upload_image': ['image_name'],
  'os-initialize_connection': ['connector'],
  'os-terminate_connection': ['connector'],
  'os-update_readonly_flag': ['readonly'],
  'os-reimage': ['image_id'],
};

type Asked = readonly [method: string, path: string, body?: unknown];

async function serverErrors(asked: readonly Asked[]): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const [method, path, body] of asked) {
    const { status } = await cloud.ask('admin', method, path, body, { microversion: '3.71' });
    if (status >= 500) wrong.push([method, path.slice(0, 200), JSON.stringify(body)?.slice(0, 200), status]);
  }
  return wrong;
}

it.each(VOLUME_ACTION_ROUTES.map(({ action = '' }) => action))('in the body of %s', async (action) => {
  const { id } = await cloud.newVolume({ pool: 'a@usual#pool' });
  const whole = VALUES.map((odd) => ({ [action]: odd }));
  // One field at a time, so that no other one is what is wrong.
  const single = (FIELDS[action] ?? []).flatMap((field) =>
    VALUES.map((odd) => ({ [action]: { [field]: odd } })),
  );
  const path = `/volume/v3/volumes/${id}/action`;
  const asked = [...whole, ...single].map((body): Asked => ['POST', path, body]);
  expect(await serverErrors(asked)).toEqual([]);
});

it('in fields that need each other', async () => {
  const { id } = await cloud.newVolume({ pool: 'a@usual#pool' });
  const bodies = VALUES.flatMap((odd) => [
    { 'os-attach': { mountpoint: odd, host_name: odd } },
    { 'os-attach': { mountpoint: '/d', instance_uuid: odd } },
    { 'os-attach': { mountpoint: '/d', host_name: odd, mode: odd } },
    { 'os-retype': { new_type: odd, migration_policy: 'never' } },
    { 'os-migrate_volume': { host: 'x', lock_volume: odd, force_host_copy: odd } },
    { 'os-volume_upload_image': { image_name: 'up', disk_format: odd, visibility: odd, force: odd } },
    { 'os-volume_upload_image': { image_name: 'up', container_format: odd } },
    { 'os-set_image_metadata': { metadata: { [typeof odd === 'string' ? odd : 'key']: odd } } },
    { 'os-force_detach': { connector: odd, attachment_id: odd } },
  ]);
  const asked = bodies.map((body): Asked => ['POST', `/volume/v3/volumes/${id}/action`, body]);
  expect(await serverErrors(asked)).toEqual([]);
});

it('in the connector of a host', async () => {
  for (const odd of VALUES) {
    const { id } = await cloud.newVolume({ pool: 'a@usual#pool' });
    const connector = { host: 'h', initiator: odd, ip: odd, multipath: odd, nqn: odd };
    const asked: Asked[] = [
      ['POST', `/volume/v3/volumes/${id}/action`, { 'os-initialize_connection': { connector } }],
      ['POST', `/volume/v3/volumes/${id}/action`, { 'os-terminate_connection': { connector } }],
      ['POST', '/volume/v3/attachments', { attachment: { volume_uuid: id, connector } }],
    ];
    expect(await serverErrors(asked)).toEqual([]);
  }
});

it('in attachments', async () => {
  const { id } = await cloud.newVolume();
  const at = { microversion: '3.71' };
  const reserve = { attachment: { volume_uuid: id } };
  const { textAt } = await cloud.ask('member', 'POST', '/volume/v3/attachments', reserve, at);
  const own = `/volume/v3/attachments/${textAt('attachment', 'id')}`;
  const bodies = VALUES.flatMap((odd) => [
    odd,
    { attachment: odd },
    { attachment: { volume_uuid: odd } },
    { attachment: { volume_uuid: id, instance_uuid: odd } },
    { attachment: { volume_uuid: id, connector: odd, mode: odd } },
    { attachment: { connector: odd } },
    { 'os-complete': odd },
  ]);
  const sent = bodies.flatMap((body): Asked[] => [
    ['POST', '/volume/v3/attachments', body],
    ['PUT', own, body],
    ['POST', `${own}/action`, body],
  ]);
  const texts = VALUES.filter((odd) => typeof odd === 'string' && odd !== LONE).map(String);
  const names = ['volume_id', 'instance_id', 'status', 'attach_mode', 'attach_time', 'id~', 'limit', 'sort'];
  const looked = texts
    .map(encodeURIComponent)
    .flatMap((odd): Asked[] => [
      ['GET', `/volume/v3/attachments/${odd}`],
      ['DELETE', `/volume/v3/attachments/${odd}`],
      ['POST', `/volume/v3/volumes/${odd}/action`, { 'os-reserve': {} }],
      ['GET', `/volume/v3/attachments?marker=${odd}&${odd}=${odd}`],
      ...names.map((name): Asked => ['GET', `/volume/v3/attachments/detail?${name}=${odd}`]),
    ]);
  expect(await serverErrors([...sent, ...looked])).toEqual([]);
});

it('however deep', async () => {
  const { id } = await cloud.newVolume();
  const deep = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
  const action = `/volume/v3/volumes/${id}/action`;
  const asked: Asked[] = [
    ['POST', action, `{"os-initialize_connection":{"connector":{"a":${deep}}}}`],
    ['POST', action, `{"os-reserve":${deep}}`],
    ['POST', '/volume/v3/attachments', `{"attachment":{"volume_uuid":"${id}","connector":{"a":${deep}}}}`],
  ];
  expect(await serverErrors(asked)).toEqual([]);
});
