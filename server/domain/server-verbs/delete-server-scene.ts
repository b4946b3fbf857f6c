/**
 * What the tests of a deletion begin with: a server with two volumes.
 */
import { decideVerb } from '../engine/decide';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { World } from '../engine/world';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

export const VERB: AnyVerb = SERVER_LIFE_VERBS['server.delete'];

export const IN_USE = { status: 'in-use', attachStatus: 'attached' } as const;

/** web-1 with data-1, which is deleted with it, and data-3, which is not. */
export function cloud(rows: Rows = {}): World {
  return soundWorld({
    volume: [volumeRecord(IN_USE), volumeRecord({ id: 'volume-3', name: 'data-3', ...IN_USE })],
    attachment: [
      attachmentRecord({ deleteOnTermination: true }),
      attachmentRecord({ id: 'attachment-3', volumeId: 'volume-3', bdmId: 'bdm-3', device: '/dev/vdc' }),
    ],
    ...rows,
  });
}

export function planOf(world: World, verb: AnyVerb = VERB) {
  const decision = decideVerb(verb, ask(world, 'server-1'));
  if (!decision.allowed) throw new Error('refused');
  return decision.effects;
}
