import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { ask, attachmentRecord, serverRecord, settings } from '../engine/sound-world';
import type { AttachmentRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { TASK_STATES, VM_STATES } from '../server';
import { admin, host, member } from '../sound-facts';
import { type MigrationStatus, VOLUME_STATUSES } from '../volume';
import { cloud, disk, ofOld, ofServer, ofTarget, old, swapAsk, target } from './swap-scene';
import { swapVolume } from './swap-volume';
import { countWriters } from './writers';

function refusals(world: World, actor: Actor = admin, volumeId = 'volume-3'): string[] {
  const decision = decideVerb(swapVolume, swapAsk(world, actor, volumeId));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('attachment.swap.', '')}`);
}

describe('who may', () => {
  test('administrators and services; owners where the policy grants it', () => {
    expect(refusals(cloud())).toEqual([]);
    expect(refusals(cloud(), { ...member, service: true })).toEqual([]);
    expect(refusals(cloud(), member)).toEqual([
      'forbidden policy.os_compute_api:os-volumes-attachments:swap',
    ]);
    const policy = { 'os_compute_api:os-volumes-attachments:swap': 'member' } as const;
    expect(refusals(cloud(), { ...member, policy })).toEqual([]);
  });
});

describe('the server', () => {
  test.each(VM_STATES)('%s', (vmState) => {
    const allowed = ['active', 'paused', 'resized'].includes(vmState);
    expect(refusals(ofServer({ vmState }))).toEqual(allowed ? [] : ['conflict server-state']);
  });

  test.each(TASK_STATES)('busy with %s', (taskState) => {
    expect(refusals(ofServer({ taskState }))).toEqual(['conflict server-busy']);
  });

  test.each<[string, World, string[]]>([
    ['never launched', ofServer({ launched: false }), ['conflict server-never-launched']],
    ['on no host', ofServer({ host: null }), ['conflict no-host']],
    ['on a host that is down', cloud({ host: [host({ up: false })] }), ['conflict no-host']],
    ['locked, which does not hold administrators', ofServer({ lockedBy: 'owner' }), []],
    ['of another project', ofServer({ projectId: 'project-2' }), ['invalid another-project']],
  ])('%s', (_case, world, expected) => {
    expect(refusals(world)).toEqual(expected);
  });

  test('locked, for its owner', () => {
    const policy = { 'os_compute_api:os-volumes-attachments:swap': 'member' } as const;
    expect(refusals(ofServer({ lockedBy: 'owner' }), { ...member, policy })).toEqual([
      'conflict server-locked',
    ]);
  });
});

describe('the volume it has', () => {
  test.each(VOLUME_STATUSES)('%s', (status) => {
    expect(refusals(ofOld({ status }))).toEqual(status === 'in-use' ? [] : ['invalid volume-status']);
  });

  test('in-use, but not attached', () => {
    expect(refusals(ofOld({ attachStatus: 'detached' }))).toEqual(['invalid volume-status']);
  });

  test.each<[MigrationStatus | null, boolean]>([
    [null, false],
    ['starting', true],
    ['migrating', true],
    ['completing', true],
    ['success', false],
    ['error', false],
  ])('migration %s, where only storage may swap', (migrationStatus, allowed) => {
    const world = ofOld({ migrationStatus });
    const only = { actor: admin, settings: { ...settings, swapOnlyWhileMigrating: true } };
    const decision = decideVerb(swapVolume, ask(world, 'attachment-1', { volumeId: 'volume-3' }, only));
    expect(decision.allowed ? [] : decision.refusals.map((each) => each.rule)).toEqual(
      allowed ? [] : ['attachment.swap.not-migrating'],
    );
    expect(refusals(world)).toEqual([]);
  });

  test('a disk that storage does not know, and an attachment that is no disk', () => {
    expect(refusals(cloud({ attachment: [{ ...disk, attachStatus: null }] }))).toEqual([
      'invalid not-attached',
    ]);
    const bare = { ...disk, serverId: null, bdmId: null, device: null };
    expect(refusals(cloud({ attachment: [bare] }))[0]).toBe('not_found compute-side-missing');
  });
});

describe('the volume to swap to', () => {
  test('is in another zone, where zones matter', () => {
    const far = ofTarget({ availabilityZone: 'az-2' });
    expect(refusals(far)).toEqual([]);
    const bound = { actor: admin, settings: { ...settings, crossZoneAttach: false } };
    const decision = decideVerb(swapVolume, ask(far, 'attachment-1', { volumeId: 'volume-3' }, bound));
    expect(decision.allowed ? [] : decision.refusals).toMatchObject([
      {
        rule: 'attachment.swap.other-zone',
        code: 'invalid',
        message:
          'Volume data-3 is in zone az-2, server web-1 in nova; this cloud attaches within one zone only.',
        remedy: { kind: 'advice', text: 'Pick a volume in zone nova.' },
      },
    ]);
    const near = decideVerb(swapVolume, ask(cloud(), 'attachment-1', { volumeId: 'volume-3' }, bound));
    expect(near.allowed).toBe(true);
  });

  test.each(VOLUME_STATUSES)('%s', (status) => {
    const allowed = status === 'available' || status === 'downloading';
    expect(refusals(ofTarget({ status }))).toEqual(allowed ? [] : ['invalid target-status']);
  });

  test.each<[string, World, string, string[]]>([
    ['is not there', cloud(), 'nothing', ['invalid target-not-found']],
    ['is the one it has', cloud(), 'volume-1', ['invalid same-volume']],
    ['is smaller', ofTarget({ sizeGib: 9 }), 'volume-3', ['invalid target-too-small']],
    ['is as large', ofTarget({ sizeGib: 10 }), 'volume-3', []],
    ['is larger', ofTarget({ sizeGib: 11 }), 'volume-3', []],
    ['is of another project', ofTarget({ projectId: 'project-2' }), 'volume-3', ['invalid another-project']],
    [
      'has an attachment, even one in error',
      cloud({
        attachment: [
          disk,
          attachmentRecord({ id: 'b', volumeId: 'volume-3', attachStatus: 'error_attaching' }),
        ],
      }),
      'volume-3',
      ['invalid target-attached'],
    ],
    [
      'is multiattach, and the host cannot',
      cloud({ volume: [{ ...target, multiattach: true }], host: [host({ supportsMultiattach: false })] }),
      'volume-3',
      ['conflict host-without-multiattach'],
    ],
  ])('%s', (_case, world, volumeId, expected) => {
    expect(refusals(world, admin, volumeId)).toEqual(expected);
  });

  test('everything at once, in the order of the API', () => {
    const world = cloud({
      server: [serverRecord({ vmState: 'stopped', taskState: 'powering-on', launched: false, host: null })],
      volume: [
        { ...old, status: 'detaching' },
        { ...target, sizeGib: 1, status: 'error' },
      ],
    });
    expect(refusals(world)).toEqual([
      'conflict server-state',
      'conflict server-busy',
      'conflict server-never-launched',
      'conflict no-host',
      'invalid target-too-small',
      'invalid volume-status',
      'invalid target-status',
    ]);
  });
});

describe('how writers are counted', () => {
  const shared = (id: string, instanceId: string | null, mode: AttachmentRecord['mode']) =>
    attachmentRecord({ id, instanceId, mode, multiattach: true, serverId: instanceId });

  test.each<[string, AttachmentRecord[], number]>([
    ['none', [], 0],
    ['one, read and write', [shared('a', 's1', 'rw')], 1],
    ['one, read-only: with a single entry nobody looks at the mode', [shared('a', 's1', 'ro')], 1],
    ['two writers', [shared('a', 's1', 'rw'), shared('b', 's2', 'rw')], 2],
    ['a writer and a reader', [shared('a', 's1', 'rw'), shared('b', 's2', 'ro')], 1],
    ['two readers', [shared('a', 's1', 'ro'), shared('b', 's2', 'ro')], 0],
    ['a writer, and one whose mode is not chosen', [shared('a', 's1', 'rw'), shared('b', 's2', null)], 1],
    ['two of one server are one', [shared('a', 's1', 'rw'), shared('b', 's1', 'rw')], 1],
    [
      'of two of one server the later one counts',
      [shared('a', 's1', 'rw'), shared('b', 's1', 'ro'), shared('c', 's2', 'rw')],
      1,
    ],
    [
      'what is only reserved does not count',
      [shared('a', 's1', 'rw'), { ...shared('b', 's2', 'rw'), attachStatus: 'reserved' }],
      1,
    ],
  ])('%s', (_case, attachments, count) => {
    expect(countWriters(attachments)).toBe(count);
  });

  test('two writers are too many, one reader beside a writer is not', () => {
    const multi = { volume: [{ ...old, multiattach: true }] };
    const other = attachmentRecord({
      id: 'b',
      instanceId: 'server-2',
      serverId: 'server-2',
      multiattach: true,
    });
    const mine = { ...disk, multiattach: true };
    expect(refusals(cloud({ ...multi, attachment: [mine, other] }))).toEqual(['invalid several-writers']);
    expect(refusals(cloud({ ...multi, attachment: [mine, { ...other, mode: 'ro' }] }))).toEqual([]);
  });
});
