/**
 * A type that a volume waits for has no volume yet, and may change meanwhile.
 */
import { expect, test } from 'vitest';
import { play } from '../engine/play-verb';
import { ask, poolRecord, soundWorld, typeRecord } from '../engine/sound-world';
import type { World } from '../engine/world';
import { retypeVolume } from './retype-volume';

const ssd = typeRecord({ id: 'type-ssd', name: 'ssd' });
const fast = typeRecord({ id: 'type-fast', name: 'fast', extraSpecs: { volume_backend_name: 'nvme' } });
const nvme = poolRecord({ id: 'stor-3@nvme#nvme', capabilities: { volume_backend_name: 'nvme' } });

/** @returns the world in which somebody has made every type encrypted and multiattach */
function bothNow(world: World): World {
  const encryption = {
    id: 'luks',
    provider: 'luks',
    controlLocation: 'front-end',
    cipher: null,
    keySize: null,
  } as const;
  const types = [...world.volumeType.values()].map((type) => ({
    ...type,
    encryption,
    extraSpecs: { ...type.extraSpecs, multiattach: '<is> True' },
  }));
  return { ...world, volumeType: new Map(types.map((type) => [type.id, type])) };
}

test.each(['ssd', 'fast'])(
  'a volume on its way to %s keeps its type when no volume can be of that any more',
  (type) => {
    const world = soundWorld({ volumeType: [ssd, fast], pool: [nvme] });
    const asked = ask(world, 'volume-1', { type, migrationPolicy: 'on-demand' });
    const played = play(retypeVolume, asked, { meanwhile: bothNow });
    expect(played.outcome).toBe('failed');
    expect(played.reason).toContain(`type ${type} is multiattach, and the volume would be encrypted`);
    expect(played.world.volume.get('volume-1')).toMatchObject({
      typeId: 'type-plain',
      status: 'available',
      multiattach: false,
      encrypted: false,
    });
  },
);
