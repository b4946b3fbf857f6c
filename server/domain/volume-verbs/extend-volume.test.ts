import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  poolRecord,
  type Rows,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { admin, member } from '../sound-facts';
import { completeExtend } from './complete-extend';
import { extendAsk, inUse } from './extend-scene';
import { extendVolume } from './extend-volume';

function stateOf(world: World) {
  const { status, sizeGib, previousStatus } = world.volume.get('volume-1') ?? volumeRecord();
  return { status, sizeGib, previousStatus };
}

describe('an available volume', () => {
  test('becomes extending, with the difference reserved for it and its type', () => {
    const { world, operation } = accepted(extendVolume, extendAsk(25));
    expect(stateOf(world)).toEqual({ status: 'extending', sizeGib: 10, previousStatus: 'available' });
    expect(operation).toMatchObject({
      phase: 'act',
      owns: 'volume-1',
      reserves: { gigabytes: 15, gigabytes_plain: 15 },
    });
  });

  test('has its new size, and no host is told', () => {
    const played = play(extendVolume, extendAsk(25));
    expect(played).toMatchObject({ outcome: 'succeeded', phases: ['act'] });
    expect(played.tasks).toEqual([{ call: 'extendVolume', volumeId: 'volume-1', args: { sizeGib: 25 } }]);
    expect(stateOf(played.world)).toEqual({ status: 'available', sizeGib: 25, previousStatus: null });
  });

  test('becomes error_extending and keeps its size when storage fails', () => {
    const played = play(extendVolume, extendAsk(25), { fails: () => true });
    expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
    expect(stateOf(played.world)).toMatchObject({ status: 'error_extending', sizeGib: 10 });
  });

  test('is what it was when no backend has room, and storage is not asked', () => {
    const played = play(extendVolume, extendAsk(25, { pool: [poolRecord({ freeGib: 14 })] }));
    expect(played).toMatchObject({ outcome: 'failed', tasks: [] });
    expect(stateOf(played.world)).toEqual({ status: 'available', sizeGib: 10, previousStatus: null });
  });

  test('is extended where the room just suffices', () => {
    expect(play(extendVolume, extendAsk(25, { pool: [poolRecord({ freeGib: 15 })] })).outcome).toBe(
      'succeeded',
    );
  });
});

describe('a volume in use', () => {
  const one: Rows = { volume: [volumeRecord(inUse)], attachment: [attachmentRecord()] };
  const shared: Rows = {
    volume: [volumeRecord({ ...inUse, multiattach: true })],
    attachment: [
      attachmentRecord({ multiattach: true }),
      attachmentRecord({
        id: 'attachment-2',
        multiattach: true,
        instanceId: 'server-2',
        serverId: 'server-2',
      }),
      attachmentRecord({
        id: 'attachment-3',
        multiattach: true,
        instanceId: 'elsewhere',
        serverId: null,
        bdmId: null,
      }),
    ],
  };

  test('stays extending until its server has been told', () => {
    const seen: string[] = [];
    const played = play(extendVolume, extendAsk(25, one), {
      meanwhile: (world, phase) => {
        seen.push(`${phase}: ${stateOf(world).status} ${stateOf(world).sizeGib}`);
        return world;
      },
    });
    expect(seen).toEqual(['act: extending 10', 'tell: extending 10']);
    expect(played.tasks[1]).toEqual({
      call: 'extendDevice',
      serverId: 'server-1',
      volumeId: 'volume-1',
      args: { attachmentId: 'attachment-1', sizeGib: 25 },
    });
    expect(stateOf(played.world)).toEqual({ status: 'in-use', sizeGib: 25, previousStatus: null });
  });

  test('every server here that has it is told', () => {
    const played = play(extendVolume, extendAsk(25, shared));
    expect(played.tasks.map((task) => ('serverId' in task ? task.serverId : task.call))).toEqual([
      'extendVolume',
      'server-1',
      'server-2',
    ]);
  });

  test('has its new size although its server could not be told, and the operation says so', () => {
    const played = play(extendVolume, extendAsk(25, one), { fails: ({ call }) => call === 'extendDevice' });
    expect(played).toMatchObject({
      outcome: 'failed',
      reason: 'the volume has its new size, but a server could not be told: storage said no',
    });
    expect(stateOf(played.world)).toMatchObject({ status: 'in-use', sizeGib: 25 });
  });

  test('is available afterwards when its last attachment has gone meanwhile', () => {
    const played = play(extendVolume, extendAsk(25, one), {
      meanwhile: (world) => ({ ...world, attachment: new Map() }),
    });
    expect(stateOf(played.world)).toMatchObject({ status: 'available', sizeGib: 25 });
  });
});

describe('what others do meanwhile', () => {
  function nowIs(world: World, changes: Partial<VolumeRecord>): World {
    const volume = { ...(world.volume.get('volume-1') ?? volumeRecord()), ...changes };
    return { ...world, volume: new Map([['volume-1', volume]]) };
  }

  test('a status that somebody has set stays; the size is what storage has made of it', () => {
    const played = play(extendVolume, extendAsk(25), {
      meanwhile: (world) => nowIs(world, { status: 'reserved' }),
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume data-1 is reserved by now.',
    });
    expect(stateOf(played.world)).toMatchObject({ status: 'reserved', sizeGib: 25 });
  });

  test('a failure does not touch it, either', () => {
    const played = play(extendVolume, extendAsk(25), {
      fails: () => true,
      meanwhile: (world) => nowIs(world, { status: 'available' }),
    });
    expect(played.outcome).toBe('failed');
    expect(stateOf(played.world)).toMatchObject({ status: 'available', sizeGib: 10 });
  });

  test('a volume that is gone is no trouble', () => {
    const played = play(extendVolume, extendAsk(25), {
      meanwhile: (world) => ({ ...world, volume: new Map() }),
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume volume-1 is gone.',
    });
  });
});

describe('storage that leaves the resizing to the host', () => {
  const rows: Rows = { volume: [volumeRecord(inUse)], attachment: [attachmentRecord()] };

  /** As it is while the extend waits for a host. */
  function waiting(): World {
    const { world, operation } = accepted(extendVolume, extendAsk(25, rows));
    const running =
      operation === null ? [] : [[operation.id, { ...operation, phase: 'complete' as const }] as const];
    return { ...world, operation: new Map(running) };
  }

  test('the volume has its size once the host has resized it', () => {
    const played = play(extendVolume, extendAsk(25, rows), { answer: () => ({ byHost: true }) });
    expect(played).toMatchObject({ outcome: 'succeeded', phases: ['act', 'complete'] });
    expect(stateOf(played.world)).toMatchObject({ status: 'in-use', sizeGib: 25 });
  });

  test('a host that fails leaves error_extending', () => {
    const played = play(extendVolume, extendAsk(25, rows), {
      answer: () => ({ byHost: true }),
      fails: ({ call }) => call === 'extendDevice',
    });
    expect(stateOf(played.world)).toMatchObject({ status: 'error_extending', sizeGib: 10 });
  });

  test('a completion comes first: it ends the extend', () => {
    const decision = decideVerb(completeExtend, ask(waiting(), 'volume-1', {}, { actor: admin }));
    expect(decision).toMatchObject({
      allowed: true,
      effects: {
        changes: [{ id: 'volume-1', set: { status: 'in-use', sizeGib: 25, previousStatus: null } }],
        relieves: ['volume-1'],
        job: null,
      },
    });
  });

  test('a completion with an error leaves error_extending', () => {
    const decision = decideVerb(
      completeExtend,
      ask(waiting(), 'volume-1', { error: true }, { actor: admin }),
    );
    expect(decision).toMatchObject({
      effects: { changes: [{ set: { status: 'error_extending' } }], relieves: ['volume-1'] },
    });
  });

  function completion(world: World, actor: Actor = admin): string[] {
    const decision = decideVerb(completeExtend, ask(world, 'volume-1', {}, { actor }));
    return decision.allowed ? [] : decision.refusals.map((each) => each.rule);
  }

  test('without an extend that waits there is nothing to complete', () => {
    expect(completion(accepted(extendVolume, extendAsk(25, rows)).world)).toEqual([
      'volume.complete-extend.nothing-to-complete',
    ]);
    expect(completion(soundWorld())).toEqual(['volume.complete-extend.volume-status']);
  });

  test('a volume that is larger already is not completed', () => {
    const world = waiting();
    const larger = volumeRecord({ status: 'extending', sizeGib: 25 });
    expect(completion({ ...world, volume: new Map([['volume-1', larger]]) })).toEqual([
      'volume.complete-extend.not-larger',
    ]);
  });

  test('it is an administrator’s', () => {
    expect(completion(waiting(), member)).toEqual([
      'policy.volume_extension:volume_admin_actions:extend_volume_completion',
    ]);
  });
});
