/**
 * What a rescue asks of the disks of a server.
 */
import { expect, test } from 'vitest';
import { decideVerb } from './engine/decide';
import { ask, attachmentRecord, soundWorld, volumeRecord } from './engine/sound-world';
import { SERVER_POWER_VERBS } from './server-power-verbs';
import type { VolumeStatus } from './volume';

const RESCUE = SERVER_POWER_VERBS['server.rescue'];

function refusals(status: VolumeStatus, bootIndex: number | null = null) {
  const volume = volumeRecord({ status, attachStatus: 'attached' });
  const world = soundWorld({ volume: [volume], attachment: [attachmentRecord({ bootIndex })] });
  const decision = decideVerb(RESCUE, ask(world, 'server-1'));
  return decision.allowed ? [] : decision.refusals;
}

test('every disk is in use', () => {
  expect(refusals('in-use')).toEqual([]);
  expect(refusals('detaching')).toEqual([
    {
      rule: 'server.rescue.disk-not-in-use',
      code: 'conflict',
      message: 'Volume data-1, a disk of server web-1, is detaching; rescuing needs every disk in-use.',
      remedy: {
        kind: 'advice',
        text: 'Wait until data-1 is in-use, or detach it.',
        command: 'openstack volume show volume-1',
      },
    },
  ]);
});

test('that is asked before the root is looked at', () => {
  const asked = (status: VolumeStatus) => refusals(status, 0).map(({ rule, code }) => `${code} ${rule}`);
  expect(asked('in-use')).toEqual(['invalid server.rescue.root-on-volume']);
  expect(asked('extending')).toEqual([
    'conflict server.rescue.disk-not-in-use',
    'invalid server.rescue.root-on-volume',
  ]);
});
