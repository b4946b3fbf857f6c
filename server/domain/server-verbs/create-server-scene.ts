/**
 * What the tests of new servers begin with: the devices that one may be asked for.
 */
import type { Json } from '../connection';
import { ask, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

export const CREATE: AnyVerb = SERVER_LIFE_VERBS['server.create'];

export const ID = 'fresh-1';

export const bootable = volumeRecord({ id: 'volume-9', name: 'root-9', bootable: true });

export const sealed = { answer: ({ call }: { call: string }) => `sealed ${call}` };

type Item = Record<string, Json>;

export function creating(devices: Item[], more: Record<string, Json> = {}, rows: Rows = {}) {
  const input = {
    name: 'web-9',
    flavor: '1',
    ...(devices.length > 0 ? { devices: { devices } } : {}),
    ...more,
  };
  return ask(soundWorld({ volume: [bootable], ...rows }), 'project-1', input);
}

export const fromVolume: Item = {
  source_type: 'volume',
  destination_type: 'volume',
  uuid: 'volume-9',
  boot_index: 0,
};

export const imageRoot: Item = {
  source_type: 'image',
  destination_type: 'local',
  uuid: 'image-1',
  boot_index: 0,
};

export const blank: Item = { source_type: 'blank', destination_type: 'volume', volume_size: 5 };

export const fromImage: Item = {
  source_type: 'image',
  destination_type: 'volume',
  uuid: 'image-1',
  volume_size: 8,
};

export const image = { image: 'image-1' };
