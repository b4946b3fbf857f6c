/** One side of a swap is detached by force: the other is what it was. */
import { expect, it } from 'vitest';
import { accepted } from '../engine/play-verb';
import { ask } from '../engine/sound-world';
import type { Actor } from '../roles';
import { admin } from '../sound-facts';
import { forceDetach } from './force-detach';
import { cloud, swapAsk } from './swap-scene';
import { swapVolume } from './swap-volume';

const service: Actor = { ...admin, service: true };

it('keeps in use what it was to take the place of', () => {
  const swapping = accepted(swapVolume, swapAsk(cloud())).world;
  const [coming] = [...swapping.attachment.values()].filter(({ volumeId }) => volumeId === 'volume-3');
  if (coming === undefined) throw new Error('the swap has reserved its target');
  expect(swapping.volume.get('volume-1')?.status).toBe('detaching');

  const input = { attachmentId: coming.id };
  const { world } = accepted(forceDetach, ask(swapping, 'volume-3', input, { actor: service }));
  expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
  expect(world.volume.get('volume-3')).toMatchObject({ status: 'available', attachStatus: 'detached' });
  expect(world.attachment.get('attachment-1')?.attachStatus).toBe('attached');
  expect([...world.operation.values()].map(({ action }) => action)).not.toContain('attachment.swap');
});
