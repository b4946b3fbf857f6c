/**
 * What clients of old versions of the compute API are refused. Expectations by hand, from the API's reference.
 */
import { describe, expect, it } from 'vitest';
import { decideVerb } from '../engine/decide';
import { ask, attachmentRecord, serverRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { VmState } from '../server';
import { attachVerb } from './attach';
import { detachVerb } from './detach';

type Verb = typeof attachVerb;

function refusedFor(
  verb: Verb,
  world: ReturnType<typeof soundWorld>,
  input: Record<string, string | number>,
) {
  const decision = decideVerb(verb, ask(world, 'server-1', input));
  return decision.allowed ? [] : decision.refusals.map(({ rule, code }) => `${code} ${rule}`);
}

const worldWith = (vmState: VmState, attached: boolean) =>
  soundWorld({
    server: [serverRecord({ vmState })],
    ...(attached
      ? {
          volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
          attachment: [attachmentRecord()],
        }
      : {}),
  });

describe('a shelved server below 2.20', () => {
  it.each<[string, Verb, boolean, VmState, number | undefined, string[]]>([
    ['attach', attachVerb, false, 'shelved', 19, ['conflict volume.attach.version-without-shelved']],
    ['attach', attachVerb, false, 'shelved_offloaded', 1, ['conflict volume.attach.version-without-shelved']],
    ['attach', attachVerb, false, 'shelved', 20, []],
    ['attach', attachVerb, false, 'shelved', undefined, []],
    ['attach', attachVerb, false, 'active', 1, []],
    ['detach', detachVerb, true, 'shelved', 19, ['conflict volume.detach.version-without-shelved']],
    ['detach', detachVerb, true, 'shelved_offloaded', 19, ['conflict volume.detach.version-without-shelved']],
    ['detach', detachVerb, true, 'shelved', 20, []],
    ['detach', detachVerb, true, 'active', 1, []],
  ])('%s', (_, verb, attached, vmState, microversion, refused) => {
    const input = { volumeId: 'volume-1', ...(microversion === undefined ? {} : { microversion }) };
    expect(refusedFor(verb, worldWith(vmState, attached), input)).toEqual(refused);
  });

  it('is told before anything else of the server', () => {
    const world = soundWorld({ server: [serverRecord({ vmState: 'shelved', lockedBy: 'admin' })] });
    const [first] = refusedFor(attachVerb, world, { volumeId: 'nothing', microversion: 1 });
    expect(first).toBe('conflict volume.attach.version-without-shelved');
  });
});

describe('a multiattach volume below 2.60', () => {
  const world = soundWorld({ volume: [volumeRecord({ multiattach: true })] });
  it.each<[number | undefined, string[]]>([
    [59, ['invalid volume.attach.version-without-multiattach']],
    [60, []],
    [undefined, []],
  ])('at %s', (microversion, refused) => {
    const input = { volumeId: 'volume-1', ...(microversion === undefined ? {} : { microversion }) };
    expect(refusedFor(attachVerb, world, input)).toEqual(refused);
  });

  it('is told after a letter that is taken', () => {
    const input = { volumeId: 'volume-1', device: '/dev/vda', microversion: 59 };
    expect(refusedFor(attachVerb, world, input)).toEqual([
      'conflict volume.attach.device-taken',
      'invalid volume.attach.version-without-multiattach',
    ]);
  });
});

it('says that a server cannot change before it says that a volume is unknown', () => {
  const world = soundWorld({ server: [serverRecord({ lockedBy: 'admin' })] });
  expect(refusedFor(attachVerb, world, { volumeId: 'nothing' })).toEqual([
    'conflict volume.attach.server-locked',
    'not_found volume.not-found',
  ]);
});
