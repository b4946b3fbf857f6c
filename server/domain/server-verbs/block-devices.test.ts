/**
 * Disks as the Compute API spells them: what is read, and what is no sense.
 */
import { describe, expect, it } from 'vitest';
import type { Json } from '../connection';
import { readDevices } from './block-devices';

function read(item: Record<string, Json>) {
  const found = readDevices({ devices: [item] });
  return Array.isArray(found) ? found[0] : found.problem;
}

describe('a device', () => {
  it('is a volume where it is made from one, and nothing else is said', () => {
    expect(read({ source_type: 'volume', uuid: 'volume-1' })).toEqual({
      source: 'volume',
      local: false,
      uuid: 'volume-1',
      sizeGib: null,
      bootIndex: null,
      deleteOnTermination: false,
      device: null,
      tag: null,
      volumeType: null,
    });
  });

  it('takes numbers and yes or no as texts, too', () => {
    const item = { source_type: 'blank', destination_type: 'volume', volume_size: '5', boot_index: '-1' };
    expect(read({ ...item, delete_on_termination: 'false' })).toMatchObject({
      sizeGib: 5,
      bootIndex: null,
      deleteOnTermination: false,
    });
    expect(read({ ...item, delete_on_termination: 'True' })).toMatchObject({ deleteOnTermination: true });
  });

  it('is left out where it says that there is none', () => {
    expect(readDevices({ devices: [{ no_device: true }] })).toEqual([]);
  });

  it.each([
    [{ uuid: 'volume-1' }, 'Device 1: source_type must be one of volume, snapshot, image, blank.'],
    [{ source_type: 'volume' }, 'Device 1: a volume needs its uuid.'],
    [{ source_type: 'blank', uuid: 'x', destination_type: 'volume' }, 'Device 1: a blank one has no uuid.'],
    [{ source_type: 'blank' }, 'Device 1: destination_type must be volume or local.'],
    [
      { source_type: 'volume', uuid: 'v', volume_type: 't' },
      'Device 1: volume_type is for volumes that are yet to be made.',
    ],
    [
      { source_type: 'image', uuid: 'i', destination_type: 'local' },
      'Device 1: an image on a local disk must have boot_index 0.',
    ],
    [{ source_type: 'volume', uuid: 'v', device_name: 'vdb' }, 'Device 1: "vdb" is no device name.'],
    [
      { source_type: 'volume', uuid: 'v', tag: 'a,b' },
      'Device 1: a tag has at most 60 characters, and neither comma nor slash.',
    ],
    [{ source_type: 'volume', uuid: 'v', volume_size: 0 }, 'Device 1: volume_size must be a number of GiB.'],
    [
      { source_type: 'volume', uuid: 'v', delete_on_termination: 1 },
      'Device 1: delete_on_termination must be true or false.',
    ],
    [{ source_type: 'volume', uuid: 'v', sise: 5 }, 'Device 1: nothing is known of sise.'],
  ] as [Record<string, Json>, string][])('%j is refused', (item, problem) => {
    expect(read(item)).toBe(problem);
  });

  it('is in a list', () => {
    expect(readDevices({ devices: 'all' })).toEqual({ problem: 'Devices are a list.' });
    expect(readDevices(undefined)).toEqual([]);
  });
});
