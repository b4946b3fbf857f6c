/**
 * The volume of an attach or detach is deleted under it.
 */
import { expect, it } from 'vitest';
import { applyChanges, remove } from '../engine/change';
import { play } from '../engine/play-verb';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { World } from '../engine/world';
import { attachVerb } from './attach';
import { detachVerb } from './detach';

const inUse = {
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord()],
};

function withoutVolume(world: World): World {
  const rows = [...world.attachment.keys()].map((id) => remove('attachment', id));
  return applyChanges(world, [...rows, remove('volume', 'volume-1')]);
}

it.each([
  ['attach', attachVerb, soundWorld()],
  ['detach', detachVerb, soundWorld(inUse)],
])('%s ends, and says so', (_, verb, world) => {
  const played = play(verb, ask(world, 'server-1', { volumeId: 'volume-1' }), {
    answer: () => 'sealed',
    meanwhile: (now) => (now.volume.has('volume-1') ? withoutVolume(now) : now),
  });
  expect(played.outcome).toBe('failed');
  expect(played.reason).toContain('was deleted meanwhile');
});
