/**
 * Who may do what: every action on a volume and every call on attachments, by nobody, by somebody else, by each role, and
 * with each kind of service token.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAttachment, makeServer, makeSnapshot, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud, type ServiceToken } from '~/server/testing/rest';
import { ATTACHMENT_ROUTES } from './attachments';
import { VOLUME_ACTION_ROUTES } from './volume-actions';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const NOWHERE = '00000000-0000-0000-0000-000000000404';
const CONNECTOR = { host: 'tempest-1', initiator: 'iqn.1993-08.org.debian:01:cad181614cec' };

/** Who asks; a member, where only the service token is named. */
const ASKING = {
  nobody: { person: 'nobody' },
  expired: { person: 'expired' },
  forged: { person: 'member', serviceToken: 'forged' },
  roleless: { person: 'member', serviceToken: 'roleless' },
  alt: { person: 'alt' },
  reader: { person: 'reader' },
  member: { person: 'member' },
  admin: { person: 'admin' },
  service: { person: 'member', serviceToken: 'good' },
} as const satisfies Record<string, { person: Person; serviceToken?: ServiceToken }>;
type Asker = keyof typeof ASKING;

/** What everybody without a good token is told, and whoever is of another project. */
const STRANGERS = { nobody: 401, expired: 401, forged: 401, roleless: 401, alt: 404 };
const forMembers = (code: number) => ({
  ...STRANGERS,
  reader: 403,
  member: code,
  admin: code,
  service: code,
});
const forReaders = (code: number) => ({ ...forMembers(code), reader: code });
const forAdmins = (code: number) => ({ ...STRANGERS, reader: 403, member: 403, admin: code, service: 403 });

/** Everybody in turn, each on something new. */
async function asEverybody(
  ask: (asker: (typeof ASKING)[Asker]) => Promise<{ status: number }>,
): Promise<Record<Asker, number>> {
  const told: [string, number][] = [];
  for (const [name, asker] of Object.entries(ASKING)) told.push([name, (await ask(asker)).status]);
  return Object.fromEntries(told) as Record<Asker, number>;
}

interface Action {
  action: string;
  minor?: number;
  value(volume: VolumeRecord): unknown;
  volume?: Partial<VolumeRecord>;
  expected: Record<Asker, number>;
}

const ACTIONS: Action[] = [
  { action: 'os-extend', value: () => ({ new_size: 2 }), expected: forMembers(202) },
  {
    action: 'os-extend_volume_completion',
    minor: 71,
    value: () => ({ error: false }),
    expected: forAdmins(400),
  },
  { action: 'os-reset_status', value: () => ({ status: 'error' }), expected: forAdmins(202) },
  {
    action: 'revert',
    minor: 40,
    value: async (volume) => ({ snapshot_id: (await makeSnapshot(cloud.runtime.database, volume)).id }),
    expected: forMembers(202),
  },
  { action: 'os-set_image_metadata', value: () => ({ metadata: { k: 'v' } }), expected: forMembers(200) },
  {
    action: 'os-unset_image_metadata',
    value: () => ({ key: 'k' }),
    volume: { imageMetadata: { k: 'v' } },
    expected: forMembers(200),
  },
  {
    action: 'os-show_image_metadata',
    value: () => null,
    volume: { imageMetadata: { k: 'v' } },
    expected: forReaders(200),
  },
  {
    action: 'os-attach',
    value: () => ({ instance_uuid: randomUUID(), mountpoint: '/dev/vdc' }),
    expected: forMembers(202),
  },
  { action: 'os-detach', value: () => ({}), expected: forMembers(202) },
  { action: 'os-force_detach', value: () => ({ connector: null }), expected: forAdmins(202) },
  { action: 'os-unmanage', value: () => ({}), expected: forAdmins(202) },
  { action: 'os-retype', value: () => ({ new_type: '__DEFAULT__' }), expected: forMembers(202) },
  { action: 'os-migrate_volume', value: () => ({ host: 'b@other#pool' }), expected: forAdmins(202) },
  {
    action: 'os-migrate_volume_completion',
    value: async () => ({ new_volume: (await cloud.newVolume()).id }),
    expected: forAdmins(200),
  },
  { action: 'os-force_delete', value: () => ({}), expected: forAdmins(202) },
  { action: 'os-set_bootable', value: () => ({ bootable: true }), expected: forMembers(200) },
  { action: 'os-volume_upload_image', value: () => ({ image_name: 'up' }), expected: forMembers(202) },
  { action: 'os-reserve', value: () => ({}), expected: forMembers(202) },
  { action: 'os-unreserve', value: () => ({}), expected: forMembers(202) },
  {
    action: 'os-begin_detaching',
    value: () => ({}),
    volume: { status: 'in-use', attachStatus: 'attached' },
    expected: forMembers(202),
  },
  { action: 'os-roll_detaching', value: () => ({}), expected: forMembers(202) },
  { action: 'os-initialize_connection', value: () => ({ connector: CONNECTOR }), expected: forMembers(200) },
  { action: 'os-terminate_connection', value: () => ({ connector: CONNECTOR }), expected: forMembers(202) },
  { action: 'os-update_readonly_flag', value: () => ({ readonly: true }), expected: forMembers(202) },
  {
    action: 'os-reimage',
    minor: 68,
    value: () => ({ image_id: cloud.shared.imageId }),
    expected: forMembers(202),
  },
];

describe('an action', () => {
  test('is told for every one', () => {
    const told = ACTIONS.map(({ action }) => action);
    expect(VOLUME_ACTION_ROUTES.filter(({ action = '' }) => !told.includes(action))).toEqual([]);
  });

  test.each(ACTIONS.map((each) => [each.action, each] as const))('%s', async (action, row) => {
    const { minor = 0, value, volume: given, expected } = row;
    const told = await asEverybody(async ({ person, ...token }) => {
      const volume = await cloud.newVolume({ pool: 'a@usual#pool', ...given });
      const path = `/volume/v3/volumes/${volume.id}/action`;
      const body = { [action]: await value(volume) };
      return cloud.ask(person, 'POST', path, body, { microversion: `3.${minor}`, ...token });
    });
    expect(told).toEqual(expected);
  });

  test.each(ACTIONS.map((each) => [each.action, each] as const))(
    '%s on no volume: the schema comes first, then the volume, then the role',
    async (action, { minor = 0, value }) => {
      const body = { [action]: await value(await cloud.newVolume()) };
      const at = { microversion: `3.${minor}` };
      for (const id of [NOWHERE, 'nonsense'])
        for (const person of ['reader', 'admin'] as const) {
          const told = await cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, body, at);
          expect([person, told.status]).toEqual([person, 404]);
        }
    },
  );

  test('with a bad value is bad input, also for whoever may not', async () => {
    const { id } = await cloud.newVolume();
    const path = `/volume/v3/volumes/${id}/action`;
    for (const body of [{ 'os-reset_status': { status: 'zzz' } }, { 'os-extend': { new_size: 0 } }])
      expect((await cloud.ask('reader', 'POST', path, body)).status).toBe(400);
  });

  test('in the path of another project is bad input, for administrators too', async () => {
    const { id } = await cloud.newVolume();
    const path = `/volume/v3/${cloud.altProject.id}/volumes/${id}/action`;
    for (const person of ['member', 'admin'] as const)
      expect((await cloud.ask(person, 'POST', path, { 'os-reserve': {} })).status).toBe(400);
  });

  test('of an upload for everybody to see is for administrators', async () => {
    const value = { image_name: 'up', visibility: 'public' };
    const told = await asEverybody(async ({ person, ...token }) => {
      const { id } = await cloud.newVolume({ pool: 'a@usual#pool' });
      const body = { 'os-volume_upload_image': value };
      const at = { microversion: '3.1', ...token };
      return cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, body, at);
    });
    expect(told).toEqual(forAdmins(202));
  });
});

const AT = { microversion: '3.70' };

/** As they are asked for below. */
const ATTACHMENTS = [
  'GET /attachments',
  'GET /attachments/detail',
  'GET /attachments/:attachmentId',
  'POST /attachments',
  'PUT /attachments/:attachmentId',
  'DELETE /attachments/:attachmentId',
  'POST /attachments/:attachmentId/action',
];

describe('attachments', () => {
  test('are all asked for', () => {
    expect(ATTACHMENT_ROUTES.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      ATTACHMENTS.sort(),
    );
  });

  test.each<[string, 'GET' | 'PUT' | 'POST' | 'DELETE', string, unknown, Record<Asker, number>]>([
    ['list', 'GET', '/attachments', undefined, { ...forReaders(200), alt: 200 }],
    ['list in detail', 'GET', '/attachments/detail', undefined, { ...forReaders(200), alt: 200 }],
    ['show', 'GET', '/attachments/ID', undefined, forReaders(200)],
    ['connect', 'PUT', '/attachments/ID', { attachment: { connector: CONNECTOR } }, forMembers(200)],
    ['complete', 'POST', '/attachments/ID/action', { 'os-complete': {} }, forMembers(204)],
    ['delete', 'DELETE', '/attachments/ID', undefined, forMembers(200)],
  ])('%s', async (_name, method, path, body, expected) => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const { id } = await makeAttachment(cloud.runtime.database, await cloud.newVolume(), {
        serverId: null,
      });
      return cloud.ask(person, method, `/volume/v3${path.replace('ID', id)}`, body, { ...AT, ...token });
    });
    expect(told).toEqual(expected);
  });

  test('create', async () => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const attachment = { volume_uuid: (await cloud.newVolume()).id };
      return cloud.ask(person, 'POST', '/volume/v3/attachments', { attachment }, { ...AT, ...token });
    });
    expect(told).toEqual(forMembers(200));
  });

  test('create a second one of a boot volume has a permission of its own', async () => {
    const policy = { 'volume:multiattach_bootable_volume': 'admin' } as const;
    Object.assign(cloud.runtime.policy, policy);
    const told = await asEverybody(async ({ person, ...token }) => {
      const volume = await cloud.newVolume({ multiattach: true, bootable: true });
      const side = { serverId: null, instanceId: randomUUID(), attachStatus: 'attached' } as const;
      await makeAttachment(cloud.runtime.database, volume, side);
      const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID() };
      return cloud.ask(person, 'POST', '/volume/v3/attachments', { attachment }, { ...AT, ...token });
    });
    expect(told).toEqual(forAdmins(200));
  });

  test('that a server has are deleted by a service alone', async () => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const { database } = cloud.runtime;
      const { projectId, host } = cloud;
      const server = await makeServer(database, { projectId, host });
      const { id } = await makeAttachment(database, await cloud.newVolume(), {
        serverId: server.id,
        device: '/dev/vdb',
      });
      const path = `/volume/v3/attachments/${id}`;
      const connect = { attachment: { connector: CONNECTOR } };
      expect((await cloud.ask('admin', 'PUT', path, connect, AT)).status).toBe(200);
      return cloud.ask(person, 'DELETE', path, undefined, { ...AT, ...token });
    });
    expect(told).toEqual({ ...forMembers(409), service: 200 });
  });
});
