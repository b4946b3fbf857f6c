/**
 * A disk has two ids that clients mistake for each other: its volume's and its attachment's.
 */
import { expect, it } from 'vitest';
import { decideVerb } from '../engine/decide';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import { detachVerb } from './detach';

const world = soundWorld({
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord()],
});

it.each([
  ['attachment-1', 'This is the id of an attachment; name its volume, volume-1.'],
  ['volume-7', undefined],
])('refuses to detach volume %s, and tells what it is when it knows', (volumeId, text) => {
  const decision = decideVerb(detachVerb, ask(world, 'server-1', { volumeId }));
  if (decision.allowed) throw new Error('it is allowed');
  expect(decision.refusals).toEqual([
    {
      rule: 'volume.not-found',
      code: 'not_found',
      message: `Volume ${volumeId} could not be found.`,
      ...(text === undefined ? {} : { remedy: { kind: 'advice', text } }),
    },
  ]);
});
