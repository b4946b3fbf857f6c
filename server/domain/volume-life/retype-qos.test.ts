import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { ask, soundWorld, typeRecord, volumeRecord } from '../engine/sound-world';
import type { QosConsumer } from '../qos';
import { retypeVolume } from './retype-volume';

/** @returns the rules against giving a volume of one quality of service a type of another */
function against(status: 'available' | 'in-use', before: QosConsumer | null, after: QosConsumer | null) {
  const qosSpecs = (['front-end', 'back-end', 'both'] as const).map((consumer) => ({
    id: consumer,
    name: consumer,
    consumer,
    specs: {},
  }));
  const world = soundWorld({
    qosSpecs,
    volume: [volumeRecord({ status })],
    volumeType: [
      typeRecord({ qosSpecsId: before }),
      typeRecord({ id: 'ssd', name: 'ssd', qosSpecsId: after }),
    ],
  });
  const decision = decideVerb(retypeVolume, ask(world, 'volume-1', { type: 'ssd' }));
  return decision.allowed ? [] : decision.refusals.map(({ rule }) => rule);
}

describe('another quality of service', () => {
  test.each<[QosConsumer | null, QosConsumer | null, boolean]>([
    [null, null, true],
    [null, 'back-end', true],
    ['back-end', null, true],
    ['front-end', 'front-end', true],
    ['both', 'both', true],
    [null, 'front-end', false],
    ['both', null, false],
    ['back-end', 'both', false],
    ['front-end', 'both', false],
  ])('from %s to %s while a host has the volume: %s', (before, after, allowed) => {
    expect(against('in-use', before, after)).toEqual(allowed ? [] : ['volume.retype.host-qos']);
    expect(against('available', before, after)).toEqual([]);
  });
});
