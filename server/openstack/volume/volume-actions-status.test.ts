/**
 * Every action on a volume, and every call on its attachments, in every status of the volume: the code, and the status
 * afterwards. What is expected was recorded from a real cloud, and written down here by hand; where that is not followed,
 * a comment says so.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAttachment, makeSnapshot, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

const STATUSES = [
  ...['available', 'in-use', 'reserved', 'attaching', 'detaching', 'creating', 'downloading', 'uploading'],
  ...['error', 'error_deleting', 'error_extending', 'error_restoring', 'error_managing', 'error_backing-up'],
  ...['extending', 'retyping', 'maintenance', 'awaiting-transfer', 'backing-up', 'restoring-backup'],
  ...['reverting', 'deleting', 'managing'],
] as const satisfies readonly VolumeRecord['status'][];

const HERE = 'a@usual#pool';
const THERE = 'b@other#pool';
const NOWHERE = '00000000-0000-0000-0000-000000000404';
const CONNECTOR = { host: 'tempest-1', initiator: 'iqn.1993-08.org.debian:01:cad181614cec' };
const INSTANCE = randomUUID();

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

/** As it was forced; `in-use` has one completed attachment, of an instance that nobody here knows. */
async function volumeThatIs(status: string, given: Partial<VolumeRecord> = {}): Promise<VolumeRecord> {
  const volume = await cloud.newVolume({ pool: HERE, imageMetadata: { k: 'v' }, ...given });
  if (status === 'in-use') await held(volume, 'attached');
  await force(volume, status);
  return volume;
}

async function held(volume: VolumeRecord, attachStatus: 'reserved' | 'attaching' | 'attached') {
  const side = { serverId: null, instanceId: INSTANCE, attachStatus };
  return makeAttachment(cloud.runtime.database, volume, side);
}

async function force({ id }: VolumeRecord, status: string) {
  await cloud.runtime.database.sql`update volumes set status = ${status} where id = ${id}`;
}

/** The status when nobody is at work on it any more. */
async function statusOf({ id }: VolumeRecord): Promise<string> {
  const { sql } = cloud.runtime.database;
  const row = await eventually(async () => {
    const [found] = await sql<{ status: string; gone: boolean; working: boolean }[]>`
      select status, deleted_at is not null as gone,
        exists (select from operations where volume_id = v.id and outcome = 'running') as working
      from volumes v where id = ${id}`;
    return found?.working === false ? found : undefined;
  }, `the end of what goes on with volume ${id}`);
  return row.gone ? 'gone' : row.status;
}

/** A code, and the status afterwards where that is another one. */
type Expected = readonly [number, string?];
type Table = Partial<Record<(typeof STATUSES)[number], Expected>> & { others: Expected };

interface Row {
  name: string;
  minor?: number;
  person?: 'admin';
  body(volume: VolumeRecord): Promise<object> | object;
  expected: Table;
}

const every = (statuses: readonly string[], expected: Expected): Partial<Table> =>
  Object.fromEntries(statuses.map((status) => [status, expected]));

const GONE: Expected = [202, 'gone'];
const MARK = { instance_uuid: randomUUID(), mountpoint: '/dev/vdc', mode: 'rw' };
const DELETABLE = ['available', 'error', 'error_extending', 'error_restoring', 'error_managing'];

const ACTIONS: Row[] = [
  {
    name: 'os-extend',
    body: () => ({ 'os-extend': { new_size: 3 } }),
    expected: { available: [202], others: [400] },
  },
  {
    name: 'os-extend',
    minor: 42,
    body: () => ({ 'os-extend': { new_size: 3 } }),
    expected: { available: [202], 'in-use': [202], others: [400] },
  },
  {
    name: 'revert',
    minor: 40,
    body: async (volume) => {
      const { id } = await makeSnapshot(cloud.runtime.database, volume);
      return { revert: { snapshot_id: id } };
    },
    expected: { available: [202], others: [409] },
  },
  {
    name: 'os-set_image_metadata',
    body: () => ({ 'os-set_image_metadata': { metadata: { k: 'w' } } }),
    expected: { uploading: [400], maintenance: [400], others: [200] },
  },
  {
    name: 'os-show_image_metadata',
    body: () => ({ 'os-show_image_metadata': null }),
    expected: { others: [200] },
  },
  {
    name: 'os-unset_image_metadata',
    body: () => ({ 'os-unset_image_metadata': { key: 'k' } }),
    expected: { uploading: [400], maintenance: [400], others: [200] },
  },
  {
    name: 'os-attach',
    body: () => ({ 'os-attach': MARK }),
    expected: { 'in-use': [400], maintenance: [400], others: [202, 'in-use'] },
  },
  {
    name: 'os-detach',
    body: () => ({ 'os-detach': {} }),
    expected: { maintenance: [400], others: [202, 'available'] },
  },
  {
    name: 'os-force_detach',
    person: 'admin',
    body: () => ({ 'os-force_detach': { connector: null } }),
    expected: { maintenance: [400], others: [202, 'available'] },
  },
  {
    name: 'os-reserve',
    body: () => ({ 'os-reserve': {} }),
    expected: { available: [202, 'attaching'], others: [400] },
  },
  {
    name: 'os-unreserve',
    body: () => ({ 'os-unreserve': {} }),
    expected: { attaching: [202, 'available'], others: [202] },
  },
  {
    name: 'os-begin_detaching',
    body: () => ({ 'os-begin_detaching': {} }),
    expected: { 'in-use': [202, 'detaching'], others: [400] },
  },
  {
    name: 'os-roll_detaching',
    body: () => ({ 'os-roll_detaching': {} }),
    expected: { detaching: [202, 'in-use'], others: [202] },
  },
  {
    name: 'os-initialize_connection',
    body: () => ({ 'os-initialize_connection': { connector: CONNECTOR } }),
    expected: { maintenance: [400], others: [200] },
  },
  {
    name: 'os-terminate_connection',
    body: () => ({ 'os-terminate_connection': { connector: CONNECTOR } }),
    expected: { attaching: [202, 'available'], others: [202] },
  },
  {
    name: 'os-update_readonly_flag',
    body: () => ({ 'os-update_readonly_flag': { readonly: true } }),
    expected: { available: [202], others: [400] },
  },
  {
    name: 'os-set_bootable',
    body: () => ({ 'os-set_bootable': { bootable: true } }),
    expected: { maintenance: [400], others: [200] },
  },
  {
    name: 'os-volume_upload_image',
    body: () => ({ 'os-volume_upload_image': { image_name: 'up' } }),
    expected: { available: [202], others: [400] },
  },
  {
    name: 'os-volume_upload_image by force',
    person: 'admin',
    body: () => ({ 'os-volume_upload_image': { image_name: 'up', force: true } }),
    expected: { available: [202], others: [400] },
  },
  {
    name: 'os-volume_upload_image',
    minor: 1,
    body: () => ({ 'os-volume_upload_image': { image_name: 'up', visibility: 'private', protected: false } }),
    expected: { available: [202], others: [400] },
  },
  {
    name: 'os-retype',
    body: () => ({ 'os-retype': { new_type: '__DEFAULT__', migration_policy: 'never' } }),
    expected: { available: [202], 'in-use': [202], others: [400] },
  },
  {
    name: 'os-migrate_volume',
    person: 'admin',
    // In use it is given up right after: no host of ours can copy it for an instance that nobody here knows.
    body: () => ({ 'os-migrate_volume': { host: THERE } }),
    expected: { available: [202], 'in-use': [202], others: [400] },
  },
  {
    name: 'os-migrate_volume_completion with an unknown volume',
    person: 'admin',
    body: () => ({ 'os-migrate_volume_completion': { new_volume: NOWHERE } }),
    expected: { others: [404] },
  },
  {
    name: 'os-extend_volume_completion without an extend',
    minor: 71,
    person: 'admin',
    body: () => ({ 'os-extend_volume_completion': {} }),
    expected: { others: [400] },
  },
  {
    name: 'os-reimage',
    minor: 68,
    body: () => ({ 'os-reimage': { image_id: cloud.shared.imageId } }),
    expected: { available: [202], error: [202], others: [400] },
  },
  {
    name: 'os-reimage also when reserved',
    minor: 68,
    body: () => ({ 'os-reimage': { image_id: cloud.shared.imageId, reimage_reserved: true } }),
    // Recorded was reserved; nobody has reserved it, so that it is what its attachments say.
    expected: { available: [202], error: [202], reserved: [202, 'available'], others: [400] },
  },
  {
    name: 'os-unmanage',
    person: 'admin',
    body: () => ({ 'os-unmanage': {} }),
    expected: { ...every(DELETABLE, GONE), others: [400] },
  },
  {
    name: 'os-force_delete',
    person: 'admin',
    body: () => ({ 'os-force_delete': {} }),
    expected: { 'in-use': [400], others: GONE },
  },
  {
    name: 'os-reset_status',
    person: 'admin',
    body: () => ({ 'os-reset_status': { status: 'available' } }),
    expected: { others: [202, 'available'] },
  },
];

function wanted(table: Table): Record<string, Expected> {
  return Object.fromEntries(
    STATUSES.map((status) => {
      const [code, after = status] = table[status] ?? table.others;
      return [status, [code, after]];
    }),
  );
}

/** @returns what is said in each status, and what the volume then is */
async function inEveryStatus(
  act: (status: string) => Promise<{ code: number; volume: VolumeRecord }>,
): Promise<Record<string, Expected>> {
  const found = await Promise.all(
    STATUSES.map(async (status) => {
      const { code, volume } = await act(status);
      const said: Expected = [code, await statusOf(volume)];
      return [status, said] as const;
    }),
  );
  return Object.fromEntries(found);
}

describe('an action on a volume', () => {
  test.each(ACTIONS.map((row) => [`${row.name} at 3.${row.minor ?? 0}`, row] as const))(
    '%s',
    async (_name, { minor = 0, body, expected, ...row }) => {
      const person: Person = row.person ?? 'member';
      const found = await inEveryStatus(async (status) => {
        const volume = await volumeThatIs(status);
        const path = `/volume/v3/volumes/${volume.id}/action`;
        const told = await cloud.ask(person, 'POST', path, await body(volume), {
          microversion: `3.${minor}`,
        });
        return { code: told.status, volume };
      });
      expect(found).toEqual(wanted(expected));
    },
  );
});

const AT = { microversion: '3.54' };
const IN_ERROR = STATUSES.filter((status) => status.includes('error'));

describe('an attachment', () => {
  test.each<[string, boolean, object, Table]>([
    ['reserved', false, {}, { ...every(['available', 'downloading'], [200, 'reserved']), others: [400] }],
    [
      'connected',
      false,
      { connector: CONNECTOR },
      { ...every(['available', 'downloading'], [200, 'attaching']), others: [400] },
    ],
    [
      'reserved',
      true,
      {},
      { ...every(['available', 'in-use', 'downloading'], [200, 'reserved']), others: [400] },
    ],
    [
      'connected',
      true,
      { connector: CONNECTOR },
      { ...every(['available', 'in-use', 'downloading'], [200, 'attaching']), others: [400] },
    ],
  ])('is created: %s, of a volume for several servers: %s', async (_how, multiattach, more, expected) => {
    const found = await inEveryStatus(async (status) => {
      const volume = await volumeThatIs(status, { multiattach });
      const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID(), ...more };
      const told = await cloud.ask('member', 'POST', '/volume/v3/attachments', { attachment }, AT);
      return { code: told.status, volume };
    });
    expect(found).toEqual(wanted(expected));
  });

  /** The volume of an attachment, in any status. */
  async function calledOn(
    attachStatus: 'reserved' | 'attaching' | 'attached',
    method: 'PUT' | 'POST' | 'DELETE',
    suffix: string,
    body?: object,
  ) {
    return inEveryStatus(async (status) => {
      const volume = await cloud.newVolume({ pool: HERE });
      const { id } = await held(volume, attachStatus);
      await force(volume, status);
      const told = await cloud.ask('member', method, `/volume/v3/attachments/${id}${suffix}`, body, AT);
      return { code: told.status, volume };
    });
  }

  describe.each(['reserved', 'attaching', 'attached'] as const)('that is %s', (attachStatus) => {
    // Recorded were internal errors for volumes in error.
    test('is connected', async () => {
      const body = { attachment: { connector: CONNECTOR } };
      expect(await calledOn(attachStatus, 'PUT', '', body)).toEqual(
        wanted({ ...every(IN_ERROR, [409]), others: [200, 'attaching'] }),
      );
    });

    test('is completed', async () => {
      expect(await calledOn(attachStatus, 'POST', '/action', { 'os-complete': {} })).toEqual(
        wanted({ others: [204, 'in-use'] }),
      );
    });

    test('is deleted', async () => {
      expect(await calledOn(attachStatus, 'DELETE', '')).toEqual(
        wanted({ uploading: [200], others: [200, 'available'] }),
      );
    });
  });
});
