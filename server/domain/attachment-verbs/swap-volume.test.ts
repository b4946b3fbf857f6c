import { describe, expect, test } from 'vitest';
import { attachVerb } from '../disk-verbs/attach';
import type { DriverTask } from '../driver-task';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, volumeRecord } from '../engine/sound-world';
import type { World } from '../engine/world';
import { cloud, disk, ofOld, ofTarget, old, swapAsk } from './swap-scene';
import { swapVolume } from './swap-volume';

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

  test('a new volume whose filling has ended meanwhile, nobody knows how, is in error when the swap fails', () => {
    const filling = operationRecord({
      id: 'operation-0',
      action: 'volume.reimage',
      phase: 'act',
      owns: 'volume-3',
      subject: { volumeId: 'volume-3' },
    });
    const asked = swapAsk(ofTarget({ status: 'downloading' }));
    const world = { ...asked.world, operation: new Map([[filling.id, filling]]) };
    const withoutFilling = (now: World): World => ({
      ...now,
      operation: new Map([...now.operation].filter(([id]) => id !== filling.id)),
    });
    const fails = ({ call }: DriverTask) => call === 'getConnector';
    const ended = play(swapVolume, { ...asked, world }, { fails, meanwhile: withoutFilling });
    expect(seen(ended.world)).toMatchObject({ target: 'error detached' });
    const running = play(swapVolume, { ...asked, world }, { fails });
    expect(seen(running.world)).toMatchObject({ target: 'downloading detached' });
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
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume data-1 is in-use by now.',
    });
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
    expect(played.reason).toBe('The server has got the new volume in another way meanwhile.');
    expect([...played.world.attachment.keys()]).toEqual(['attachment-1', 'attachment-9']);
    expect(played.world.volume.get('volume-1')?.status).toBe('in-use');
  });
});
