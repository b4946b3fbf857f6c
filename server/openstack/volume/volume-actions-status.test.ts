/**
 * Every action on a volume in every status of it: the code, and the status afterwards. What is expected was recorded from a
 * real cloud, and written down here by hand; where that is not followed, a comment says so.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeSnapshot, type VolumeRecord } from '~/db/factories';
import { type Expected, every, openStatuses, type Table, wanted } from '~/server/testing/every-status';
import type { Person } from '~/server/testing/rest';
import { CONNECTOR } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openStatuses();
const { inEveryStatus, volumeThatIs } = here;

const THERE = 'b@other#pool';

interface Row {
  name: string;
  minor?: number;
  person?: 'admin';
  body(volume: VolumeRecord): Promise<object> | object;
  expected: Table;
}

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
      const { id } = await makeSnapshot(here.cloud.runtime.database, volume);
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
    body: () => ({ 'os-reimage': { image_id: here.cloud.shared.imageId } }),
    expected: { available: [202], error: [202], others: [400] },
  },
  {
    name: 'os-reimage also when reserved',
    minor: 68,
    body: () => ({ 'os-reimage': { image_id: here.cloud.shared.imageId, reimage_reserved: true } }),
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

describe('an action on a volume', () => {
  test.each(ACTIONS.map((row) => [`${row.name} at 3.${row.minor ?? 0}`, row] as const))(
    '%s',
    async (_name, { minor = 0, body, expected, ...row }) => {
      const person: Person = row.person ?? 'member';
      const found = await inEveryStatus(async (status) => {
        const volume = await volumeThatIs(status);
        const path = `/volume/v3/volumes/${volume.id}/action`;
        const told = await here.cloud.ask(person, 'POST', path, await body(volume), {
          microversion: `3.${minor}`,
        });
        return { code: told.status, volume };
      });
      expect(found).toEqual(wanted(expected));
    },
  );
});
