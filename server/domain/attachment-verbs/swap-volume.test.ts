import { describe, expect, test } from 'vitest';
import { attachVerb } from '../disk-verbs/attach';
import type { DriverTask } from '../driver-task';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  settings,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AttachmentRecord, ServerRecord, VolumeRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { TASK_STATES, VM_STATES } from '../server';
import { admin, host, member } from '../sound-facts';
import { type MigrationStatus, VOLUME_STATUSES } from '../volume';
import { swapVolume } from './swap-volume';
import { countWriters } from './writers';

const old = volumeRecord({ status: 'in-use', attachStatus: 'attached' });
const target = volumeRecord({ id: 'volume-3', name: 'data-3' });
const disk = attachmentRecord({ tag: 'database', deleteOnTermination: true });

/** data-1 is a disk of web-1; data-3 is free. */
function cloud(rows: Rows = {}): World {
  return soundWorld({
    ...rows,
    volume: [old, target, ...(rows.volume ?? [])],
    attachment: rows.attachment ?? [disk],
  });
}

function swapAsk(world: World, actor: Actor = admin, volumeId = 'volume-3') {
  return ask(world, 'attachment-1', { volumeId }, { actor });
}

function refusals(world: World, actor: Actor = admin, volumeId = 'volume-3'): string[] {
  const decision = decideVerb(swapVolume, swapAsk(world, actor, volumeId));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('attachment.swap.', '')}`);
}

function ofServer(changes: Partial<ServerRecord>): World {
  return cloud({ server: [serverRecord(changes)] });
}

function ofOld(changes: Partial<VolumeRecord>): World {
  return cloud({ volume: [{ ...old, ...changes }] });
}

function ofTarget(changes: Partial<VolumeRecord>): World {
  return cloud({ volume: [{ ...target, ...changes }] });
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

/** What storage and hosts answer when all is well. */
function answer(task: DriverTask): string | null {
  if (task.call === 'getConnector') return 'sealed connector';
  return task.call === 'initializeConnection' ? 'sealed info' : null;
}

function seen(world: World) {
  const stateOf = (id: string) => {
    const { status, attachStatus } = world.volume.get(id) ?? volumeRecord();
    return `${status} ${attachStatus}`;
  };
  return {
    old: stateOf('volume-1'),
    target: stateOf('volume-3'),
    attachments: [...world.attachment.values()].map(
      (each) => `${each.id} ${each.attachStatus} ${each.serverId ?? '-'} ${each.device ?? '-'}`,
    ),
  };
}

const AS_BEFORE = {
  old: 'in-use attached',
  target: 'available detached',
  attachments: ['attachment-1 attached server-1 /dev/vdb'],
};

describe('what happens', () => {
  test('the disk moves with its name, tag and fate; the old volume is let go', () => {
    const played = play(swapVolume, swapAsk(cloud()), { answer });
    expect(played).toMatchObject({ outcome: 'succeeded', phases: ['connect', 'export', 'swap', 'clear'] });
    expect(played.tasks).toEqual([
      { call: 'getConnector', attachmentId: 'fresh-1' },
      { call: 'initializeConnection', attachmentId: 'fresh-1' },
      {
        call: 'swapDevice',
        serverId: 'server-1',
        volumeId: 'volume-3',
        args: { fromAttachmentId: 'attachment-1', toAttachmentId: 'fresh-1' },
      },
      { call: 'terminateConnection', attachmentId: 'attachment-1' },
    ]);
    expect(seen(played.world)).toEqual({
      old: 'available detached',
      target: 'in-use attached',
      attachments: ['fresh-1 attached server-1 /dev/vdb'],
    });
    expect(played.world.attachment.get('fresh-1')).toMatchObject({
      bdmId: 'bdm-1',
      tag: 'database',
      deleteOnTermination: true,
      mode: 'rw',
      connector: 'sealed connector',
      connectionInfo: 'sealed info',
      attachedHost: 'cmp-1',
      mountpoint: '/dev/vdb',
    });
  });

  test('both volumes say so while it runs', () => {
    const on: Record<string, ReturnType<typeof seen>> = {};
    play(swapVolume, swapAsk(cloud()), {
      answer,
      meanwhile: (world, phase) => {
        on[phase] = seen(world);
        return world;
      },
    });
    expect(on).toMatchObject({
      connect: { old: 'detaching attached', target: 'reserved detached' },
      export: { old: 'detaching attached', target: 'attaching attaching' },
      swap: { old: 'detaching attached', target: 'attaching attaching' },
      clear: { old: 'detaching attached', target: 'in-use attached' },
    });
  });

  test('a volume that storage migrates keeps its status', () => {
    const played = play(swapVolume, swapAsk(ofOld({ migrationStatus: 'migrating' })), { answer });
    expect(seen(played.world)).toMatchObject({ old: 'in-use detached', target: 'in-use attached' });
  });

  test('a multiattach volume stays in use for the others', () => {
    const world = cloud({
      volume: [{ ...old, multiattach: true }],
      attachment: [
        { ...disk, multiattach: true },
        attachmentRecord({
          id: 'b',
          instanceId: 'server-2',
          serverId: 'server-2',
          mode: 'ro',
          multiattach: true,
        }),
      ],
    });
    expect(seen(play(swapVolume, swapAsk(world), { answer }).world)).toMatchObject({
      old: 'in-use attached',
    });
  });

  test('a read-only volume becomes a read-only disk', () => {
    const played = play(swapVolume, swapAsk(ofTarget({ readonly: true })), { answer });
    expect(played.world.attachment.get('fresh-1')?.mode).toBe('ro');
  });
});

describe('every failure before the guest has been moved goes back', () => {
  test.each<[DriverTask['call'], string[]]>([
    ['getConnector', ['getConnector']],
    ['initializeConnection', ['getConnector', 'initializeConnection', 'terminateConnection']],
    [
      'swapDevice',
      ['getConnector', 'initializeConnection', 'swapDevice', 'swapDevice', 'terminateConnection'],
    ],
  ])('%s', (call, calls) => {
    let failed = false;
    const played = play(swapVolume, swapAsk(cloud()), {
      answer,
      fails: (task) => {
        const fails = !failed && task.call === call;
        failed ||= fails;
        return fails;
      },
    });
    expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
    expect(played.tasks.map((task) => task.call)).toEqual(calls);
    expect(seen(played.world)).toEqual(AS_BEFORE);
    expect(played.world.attachment.get('attachment-1')).toEqual(disk);
  });

  test('an image was being copied to the volume: it is that again', () => {
    const played = play(swapVolume, swapAsk(ofTarget({ status: 'downloading' })), {
      answer,
      fails: (task) => task.call === 'getConnector',
    });
    expect(seen(played.world)).toMatchObject({ target: 'downloading detached' });
  });
});

describe('the way back fails as well', () => {
  test('before the guest was touched: only the new volume is in error', () => {
    const played = play(swapVolume, swapAsk(cloud()), {
      answer,
      fails: ({ call }) => call === 'initializeConnection' || call === 'terminateConnection',
    });
    expect(seen(played.world)).toEqual({
      old: 'in-use attached',
      target: 'error detached',
      attachments: ['attachment-1 attached server-1 /dev/vdb', 'fresh-1 error_attaching - -'],
    });
  });

  test('afterwards nobody knows which volume the guest has: both are in error', () => {
    const played = play(swapVolume, swapAsk(cloud()), { answer, fails: ({ call }) => call === 'swapDevice' });
    expect(seen(played.world)).toEqual({
      old: 'error detached',
      target: 'error detached',
      attachments: ['attachment-1 error_detaching server-1 /dev/vdb', 'fresh-1 error_attaching - -'],
    });
  });

  test('the old volume cannot be let go: the server has the new one all the same', () => {
    const played = play(swapVolume, swapAsk(cloud()), {
      answer,
      fails: ({ call }) => call === 'terminateConnection',
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      reason: 'The server has the new volume, but storage still exports the old one: storage said no',
    });
    expect(seen(played.world)).toEqual({
      old: 'error detached',
      target: 'in-use attached',
      attachments: ['attachment-1 error_detaching - -', 'fresh-1 attached server-1 /dev/vdb'],
    });
  });
});

describe('somebody interferes', () => {
  const during = (phase: string, change: (world: World) => World) => ({
    answer,
    meanwhile: (world: World, now: string) => (now === phase ? change(world) : world),
  });
  const without = (world: World, id: string): World => ({
    ...world,
    attachment: new Map([...world.attachment].filter(([key]) => key !== id)),
  });

  test.each(['connect', 'export', 'swap'])('resets the old volume during %s: it goes back', (phase) => {
    const change = (world: World): World => ({
      ...world,
      volume: new Map([...world.volume, ['volume-1', { ...old, status: 'in-use' as const }]]),
    });
    const played = play(swapVolume, swapAsk(cloud()), during(phase, change));
    expect(played).toMatchObject({ outcome: 'failed', reason: 'overtaken: volume data-1 is in-use by now' });
    expect(seen(played.world)).toEqual(AS_BEFORE);
  });

  test('the server is not given the new volume as another disk meanwhile', () => {
    const { world } = accepted(swapVolume, swapAsk(ofTarget({ multiattach: true })));
    const decision = decideVerb(attachVerb, ask(world, 'server-1', { volumeId: 'volume-3' }));
    expect(decision).toMatchObject({
      allowed: false,
      refusals: [{ rule: 'volume.attach.operation-in-progress', code: 'conflict' }],
    });
  });

  test('deletes the new attachment: the old disk stays', () => {
    const played = play(
      swapVolume,
      swapAsk(cloud()),
      during('connect', (world) => without(world, 'fresh-1')),
    );
    expect(played.outcome).toBe('failed');
    expect(seen(played.world)).toMatchObject({ old: 'in-use attached', attachments: AS_BEFORE.attachments });
  });

  test('takes the old disk away by force while the guest is being moved: the new one goes too', () => {
    const played = play(
      swapVolume,
      swapAsk(cloud()),
      during('swap', (world) => without(world, 'attachment-1')),
    );
    expect(played.tasks.map(({ call }) => call).slice(-2)).toEqual(['detachDevice', 'terminateConnection']);
    expect(seen(played.world)).toMatchObject({ target: 'available detached', attachments: [] });
  });

  test.each(['connect', 'export', 'swap'])('attaches the new volume during %s: it goes back', (phase) => {
    const same = attachmentRecord({
      id: 'attachment-9',
      volumeId: 'volume-3',
      bdmId: 'bdm-9',
      device: '/dev/vdc',
    });
    const change = (world: World): World => ({
      ...world,
      attachment: new Map([...world.attachment, [same.id, same]]),
    });
    const played = play(swapVolume, swapAsk(cloud()), during(phase, change));
    expect(played.reason).toBe('overtaken: the server has got the new volume in another way meanwhile');
    expect([...played.world.attachment.keys()]).toEqual(['attachment-1', 'attachment-9']);
    expect(played.world.volume.get('volume-1')?.status).toBe('in-use');
  });
});
