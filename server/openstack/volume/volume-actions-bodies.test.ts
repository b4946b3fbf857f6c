/**
 * Bodies of the actions on a volume, and the versions that know them.
 */
import { describe, expect, it } from 'vitest';
import { makeAttachment } from '~/db/factories';
import { fault } from '~/server/testing/rest';
import { openActionApi, POOL } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openActionApi();
const { act, newVolume, shown, until } = here;

describe('a body', () => {
  it('names one action that there is', async () => {
    const volume = await newVolume();
    for (const body of [
      undefined,
      {},
      { 'os-reserve': {}, 'os-unreserve': {} },
      { 'os-nope': {} },
      '{x',
      ['os-reserve'],
      'null',
      5,
    ])
      expect(fault(await act(volume, body))).toEqual([400, 'badRequest']);
    const plain = await act(volume, { 'os-reserve': {} }, 'member', {
      headers: { 'content-type': 'text/plain' },
    });
    expect(fault(plain)).toEqual([415, 'badMediaType']);
    expect((await shown(volume)).status).toBe('available');
  });

  it.each([null, { junk: 1 }, [], 'x', 5])('may hold anything where nothing is asked: %o', async (value) => {
    expect(await act(await newVolume(), { 'os-reserve': value })).toMatchObject({ status: 202, body: null });
  });

  it.each<[string, unknown[]]>([
    [
      'os-extend',
      [null, {}, ...[0, -1, 'abc', 3.5, null, true, '', 2 ** 31, 10 ** 12].map((n) => ({ new_size: n }))],
    ],
    ['os-extend', [{ new_size: 3, x: 1 }, { new_size: 1 }]],
    ['os-extend_volume_completion', [null, { error: 1 }, { x: 1 }]],
    ['os-reset_status', [null, {}, { status: '' }, { status: null }, { status: 5 }, { status: 'nonsense' }]],
    ['os-reset_status', [{ status: 'deleting' }, { status: 'reverting' }, { status: 'available', x: 1 }]],
    ['os-reset_status', [{ attach_status: 'reserved' }, { migration_status: 'nonsense' }]],
    ['revert', [null, {}, { snapshot_id: 'x' }, { snapshot_id: NOWHERE }, { snapshot_id: null }]],
    [
      'os-set_image_metadata',
      [null, {}, { metadata: 'x' }, { metadata: { a: 1 } }, { metadata: { '': 'x' } }],
    ],
    ['os-set_image_metadata', [{ metadata: { k: 'x'.repeat(256) } }, { metadata: { a: 'b' }, x: 1 }]],
    ['os-unset_image_metadata', [null, {}, { key: '' }, { key: 1 }, { key: 'k'.repeat(256) }]],
    [
      'os-attach',
      [null, { instance_uuid: NOWHERE }, { mountpoint: '/d' }, { instance_uuid: 'x', mountpoint: '/d' }],
    ],
    [
      'os-attach',
      [
        { instance_uuid: NOWHERE, mountpoint: '' },
        { host_name: 'h', mountpoint: '/d', mode: 'x' },
      ],
    ],
    ['os-attach', [{ host_name: 'h', mountpoint: '/d', x: 1 }]],
    ['os-detach', [[], 'x', { attachment_id: 'x' }, { x: 1 }]],
    ['os-force_detach', [null, { connector: 5 }, { x: 1 }]],
    ['os-retype', [null, {}, { new_type: '__DEFAULT__', migration_policy: null }, { new_type: 5 }]],
    [
      'os-migrate_volume',
      [null, { host: 5 }, { host: POOL, cluster: 'c' }, {}, { host: 'nope@x#y' }, { host: POOL }],
    ],
    ['os-migrate_volume', [{ host: 'b@other#pool', force_host_copy: 'x' }, { cluster: 'c' }]],
    ['os-migrate_volume_completion', [null, {}, { new_volume: 'x' }]],
    ['os-set_bootable', [null, {}, { bootable: 'junk' }, { bootable: 1 }]],
    ['os-update_readonly_flag', [null, {}, { readonly: 'junk' }, { readonly: 1 }]],
    ['os-volume_upload_image', [null, {}, { image_name: '' }, { image_name: 'x', disk_format: 'x' }]],
    [
      'os-volume_upload_image',
      [
        { image_name: 'x', container_format: 'zzz' },
        { image_name: 'x', visibility: 'x' },
      ],
    ],
    ['os-initialize_connection', [null, {}, { connector: null }, { connector: 5 }]],
    ['os-terminate_connection', [null, {}, { connector: 5 }]],
    ['os-reimage', [null, {}, { image_id: 'x' }, { image_id: NOWHERE, reimage_reserved: 'x' }]],
  ])('of %s is refused where it is bad: %j', async (action, values) => {
    const volume = await newVolume({ sizeGib: 2 });
    for (const value of values) {
      const told = await act(volume, { [action]: value }, 'admin');
      expect([value, ...fault(told)]).toEqual([value, 400, 'badRequest']);
    }
    expect(await shown(volume)).toMatchObject({ status: 'available', size: 2 });
  });
});

describe('versions', () => {
  it.each([
    ['revert', 40, 400],
    ['os-reimage', 68, 400],
    ['os-extend_volume_completion', 71, 400],
  ])('know %s from 3.%i on', async (action, since, code) => {
    const volume = await newVolume();
    const at = (minor: number) => act(volume, { [action]: {} }, 'admin', { microversion: `3.${minor}` });
    expect(fault(await at(since - 1))).toEqual([404, 'itemNotFound']);
    expect((await at(since)).status).toBe(code);
  });

  it('extend what is in use from 3.42 on', async () => {
    const server = await here.cloud.newServer();
    const volume = await newVolume();
    await makeAttachment(here.cloud.runtime.database, volume, { serverId: server.id, device: '/dev/vdb' });
    const extend = { 'os-extend': { new_size: '2' } };
    expect(fault(await act(volume, extend, 'member', { microversion: '3.41' }))).toEqual([400, 'badRequest']);
    expect((await act(volume, extend, 'member', { microversion: '3.42' })).status).toBe(202);
    expect(await until(volume, { status: 'in-use' })).toMatchObject({ size: 2 });
  });

  it('know visibility from 3.1 on, and clusters from 3.16 on', async () => {
    const volume = await newVolume();
    const upload = { 'os-volume_upload_image': { image_name: 'up', visibility: 'private' } };
    expect((await act(volume, upload, 'member', { microversion: '3.0' })).status).toBe(400);
    const migrate = { 'os-migrate_volume': { cluster: 'c' } };
    const { body } = await act(volume, migrate, 'admin', { microversion: '3.15' });
    expect(body).toMatchObject({ badRequest: { message: expect.stringContaining('host') } });
  });
});
