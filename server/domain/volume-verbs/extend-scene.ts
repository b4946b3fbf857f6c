/**
 * What the tests of an extend begin with: a volume of 10 GiB.
 */
import { ask, type Rows, soundWorld } from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import type { Actor } from '../roles';
import { member } from '../sound-facts';

export const inUse: Partial<VolumeRecord> = { status: 'in-use', attachStatus: 'attached' };

export function extendAsk(sizeGib: number, rows: Rows = {}, actor: Actor = member) {
  return ask(soundWorld(rows), 'volume-1', { sizeGib }, { actor });
}
