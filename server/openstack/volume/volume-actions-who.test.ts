/**
 * Who may do what: every action on a volume, by everybody.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot, type VolumeRecord } from '~/db/factories';
import { type Asker, asEverybody, forAdmins, forMembers, forReaders } from '~/server/testing/everybody';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { CONNECTOR, POOL } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';
import { VOLUME_ACTION_ROUTES } from './volume-actions';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

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
      const volume = await cloud.newVolume({ pool: POOL, ...given });
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
      const { id } = await cloud.newVolume({ pool: POOL });
      const body = { 'os-volume_upload_image': value };
      const at = { microversion: '3.1', ...token };
      return cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, body, at);
    });
    expect(told).toEqual(forAdmins(202));
  });
});
