import { describe, expect, test } from 'vitest';
import { imageRecord, poolRecord, type soundWorld, typeRecord, volumeRecord } from '../engine/sound-world';
import { create } from './create-scene';

describe('what becomes of it', () => {
  test('an empty volume is creating, then available, in the pool with the most room', () => {
    const rows = { pool: [poolRecord({ id: 'stor-2@lvm#lvm', freeGib: 950 })] };
    const { world, outcome, tasks } = create({ sizeGib: 5, name: ' logs ' }, rows);
    expect(outcome).toBe('succeeded');
    expect(world.volume.get('fresh-1')).toMatchObject({
      name: 'logs',
      status: 'available',
      attachStatus: 'detached',
      typeId: 'type-plain',
      pool: 'stor-2@lvm#lvm',
      sizeGib: 5,
      bootable: false,
      multiattach: false,
    });
    expect(tasks).toEqual([
      {
        call: 'createVolume',
        volumeId: 'fresh-1',
        args: { sizeGib: 5, pool: 'stor-2@lvm#lvm', snapshotId: null, sourceVolumeId: null },
      },
    ]);
  });

  test('a multiattach type makes a multiattach volume', () => {
    expect(create({ sizeGib: 1, type: 'multi' }).world.volume.get('fresh-1')?.multiattach).toBe(true);
  });

  test('a copy has the type, the size, the zone and the pool of its source', () => {
    const source = volumeRecord({ typeId: 'type-multi', pool: 'stor-2@lvm#lvm', bootable: true, sizeGib: 7 });
    const { world } = create({ sourceVolumeId: 'volume-1' }, { volume: [source] });
    expect(world.volume.get('fresh-1')).toMatchObject({
      typeId: 'type-multi',
      pool: 'stor-2@lvm#lvm',
      bootable: true,
      sizeGib: 7,
      sourceVolumeId: 'volume-1',
    });
  });

  test('an image makes it downloading, then bootable, and it remembers the image', () => {
    const seen: string[] = [];
    const { world, phases } = create(
      { sizeGib: 2, imageId: 'image-1' },
      {},
      {
        meanwhile: (now) => {
          seen.push(now.volume.get('fresh-1')?.status ?? 'gone');
          return now;
        },
      },
    );
    expect(seen).toEqual(['creating', 'downloading']);
    expect(phases).toEqual(['build', 'copy']);
    expect(world.volume.get('fresh-1')).toMatchObject({
      status: 'available',
      bootable: true,
      imageMetadata: { image_id: 'image-1', image_name: 'tiny', disk_format: 'raw' },
    });
  });

  test('an image may name the type', () => {
    const image = imageRecord({ properties: { cinder_img_volume_type: 'multi' } });
    expect(
      create({ sizeGib: 2, imageId: 'image-1' }, { image: [image] }).world.volume.get('fresh-1')?.typeId,
    ).toBe('type-multi');
  });

  test('what was reserved while the image was written stays reserved, and is bootable', () => {
    const { world, outcome } = create(
      { sizeGib: 2, imageId: 'image-1' },
      {},
      {
        meanwhile: (now, phase) => (phase === 'copy' ? withStatus(now, 'reserved') : now),
      },
    );
    expect(outcome).toBe('succeeded');
    expect(world.volume.get('fresh-1')).toMatchObject({ status: 'reserved', bootable: true });
  });

  test.each([
    ['createVolume', 'error'],
    ['reimageVolume', 'error'],
  ])('it is error when %s fails', (call, status) => {
    const { world, outcome } = create(
      { sizeGib: 2, imageId: 'image-1' },
      {},
      { fails: (task) => task.call === call },
    );
    expect(outcome).toBe('failed');
    expect(world.volume.get('fresh-1')?.status).toBe(status);
  });

  test('where no pool can take it, it is accepted and becomes error', () => {
    const full = [poolRecord({ freeGib: 4 }), poolRecord({ id: 'stor-2@lvm#lvm', usable: false })];
    const { world, outcome, tasks } = create({ sizeGib: 5 }, { pool: full });
    expect(outcome).toBe('failed');
    expect(tasks).toEqual([]);
    expect(world.volume.get('fresh-1')).toMatchObject({ status: 'error', pool: null });
  });

  test('the backend that its type names is the one that is chosen', () => {
    const type = typeRecord({ id: 't', name: 'ssd', extraSpecs: { volume_backend_name: 'fast' } });
    const pool = poolRecord({
      id: 'stor-3@fast#a',
      freeGib: 10,
      capabilities: { volume_backend_name: 'fast' },
    });
    const { world } = create({ sizeGib: 5, type: 'ssd' }, { volumeType: [type], pool: [pool] });
    expect(world.volume.get('fresh-1')?.pool).toBe('stor-3@fast#a');
  });

  test('whoever set its status meanwhile has the last word', () => {
    const { world, outcome, cause } = create(
      { sizeGib: 5 },
      {},
      { meanwhile: (now) => withStatus(now, 'error') },
    );
    expect(outcome).toBe('failed');
    expect(cause).toBe('overtaken');
    expect(world.volume.get('fresh-1')?.status).toBe('error');
  });
});

function withStatus(world: ReturnType<typeof soundWorld>, status: 'reserved' | 'error') {
  const volume = world.volume.get('fresh-1');
  if (volume === undefined) throw new Error('no volume was made');
  return { ...world, volume: new Map([...world.volume, [volume.id, { ...volume, status }]]) };
}
