/**
 * The actions on a volume over the volume API: shapes, and what comes of them.
 */
import { describe, expect, it, test } from 'vitest';
import { fault } from '~/server/testing/rest';
import { openActionApi } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openActionApi();
const { act, newVolume, shown, until } = here;

describe('a quota', () => {
  it('that is full is told with 413, and when to try again', async () => {
    const told = await act(await newVolume(), { 'os-extend': { new_size: 100_000 } });
    expect([told.status, told.body, told.headers.get('retry-after')]).toEqual([
      413,
      { overLimit: { code: 413, message: expect.any(String), retryAfter: '0' } },
      '0',
    ]);
  });
});

describe('what a volume says of its image', () => {
  it('is set, shown, and removed one by one', async () => {
    const volume = await newVolume();
    const show = () => act(volume, { 'os-show_image_metadata': null }, 'reader');
    const unset = (key: string) => act(volume, { 'os-unset_image_metadata': { key } });
    expect(fault(await show())).toEqual([404, 'itemNotFound']);
    expect(fault(await unset('a'))).toEqual([404, 'itemNotFound']);
    const set = (metadata: object) => act(volume, { 'os-set_image_metadata': { metadata } });
    expect(await set({ a: '1', b: '2' })).toMatchObject({
      status: 200,
      body: { metadata: { a: '1', b: '2' } },
    });
    expect((await set({ b: '3', c: '4' })).body).toEqual({ metadata: { a: '1', b: '3', c: '4' } });
    expect(await unset('a')).toMatchObject({ status: 200, body: null });
    expect(fault(await unset('a'))).toEqual([404, 'itemNotFound']);
    expect((await show()).body).toEqual({ metadata: { b: '3', c: '4' } });
    expect((await set({})).body).toEqual({ metadata: { b: '3', c: '4' } });
  });
});

describe('flags', () => {
  it('are set by any word for yes and no', async () => {
    const volume = await newVolume();
    expect((await act(volume, { 'os-set_bootable': { bootable: 'Yes' } })).status).toBe(200);
    expect((await act(volume, { 'os-update_readonly_flag': { readonly: 'on' } })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ bootable: 'true', metadata: { readonly: 'True' } });
    expect((await act(volume, { 'os-set_bootable': { bootable: false } })).status).toBe(200);
    expect((await act(volume, { 'os-update_readonly_flag': { readonly: 'off' } })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ bootable: 'false', metadata: { readonly: 'False' } });
  });
});

test('an upload tells of volume, type and image, and is queued for the project', async () => {
  const volume = await newVolume({ description: 'logs' });
  const told = await act(
    volume,
    { 'os-volume_upload_image': { image_name: 'up', force: 'true' } },
    'member',
    {
      microversion: '3.0',
    },
  );
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  expect([told.status, told.body]).toEqual([
    202,
    {
      'os-volume_upload_image': {
        id: volume.id,
        updated_at: time,
        status: 'uploading',
        display_description: 'logs',
        size: 1,
        volume_type: {
          id: volume.volumeTypeId,
          name: 'plain',
          description: null,
          is_public: true,
          extra_specs: {},
          qos_specs_id: null,
          created_at: time,
          updated_at: null,
          deleted_at: null,
          deleted: false,
        },
        image_id: expect.any(String),
        container_format: 'bare',
        disk_format: 'raw',
        image_name: 'up',
        protected: false,
        visibility: 'shared',
      },
    },
  ]);
  await until(volume, { status: 'available' });
  const image = await here.cloud.ask(
    'member',
    'GET',
    `/image/v2/images/${told.textAt('os-volume_upload_image', 'image_id')}`,
  );
  expect(image.body).toMatchObject({ status: 'active', name: 'up' });
});

test('a volume gets the data of its latest snapshot back, or those of an image', async () => {
  const volume = await newVolume();
  expect((await act(volume, { 'os-reimage': { image_id: NOWHERE } })).status).toBe(404);
  expect((await act(volume, { 'os-reimage': { image_id: here.cloud.shared.imageId } })).status).toBe(202);
  expect(await until(volume, { status: 'available' })).toMatchObject({
    bootable: 'true',
    volume_image_metadata: { image_name: 'image', min_ram: '0' },
  });
});

test('a type changes in place, and not to another backend unless that is wanted', async () => {
  const volume = await newVolume();
  const retype = (value: object) => act(volume, { 'os-retype': value });
  expect((await retype({ new_type: 'nope' })).status).toBe(404);
  expect((await retype({ new_type: 'plain' })).status).toBe(400);
  expect((await retype({ new_type: here.cloud.shared.typeIds.multi })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'multi', multiattach: true });
  expect((await retype({ new_type: 'elsewhere' })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'multi' });
  expect((await retype({ new_type: 'elsewhere', migration_policy: 'on-demand' })).status).toBe(202);
  await until(volume, { status: 'available', volume_type: 'elsewhere', migration_status: 'success' });
});
