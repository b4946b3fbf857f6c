import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  poolRecord,
  type Rows,
  soundWorld,
  typeRecord,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord, World } from '../engine/world';
import { DEFAULT_QUOTA } from '../quota';
import type { Actor } from '../roles';
import { admin, member, reader } from '../sound-facts';
import { completeExtend } from './complete-extend';
import { extendVolume } from './extend-volume';

const inUse: Partial<VolumeRecord> = { status: 'in-use', attachStatus: 'attached' };

function extendAsk(sizeGib: number, rows: Rows = {}, actor: Actor = member) {
  return ask(soundWorld(rows), 'volume-1', { sizeGib }, { actor });
}

function refusals(sizeGib: number, rows: Rows = {}, actor: Actor = member): string[] {
  const decision = decideVerb(extendVolume, extendAsk(sizeGib, rows, actor));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('volume.extend.', '')}`);
}

function quota(limits: Record<string, number>, reserved: Record<string, number> = {}): Rows {
  return {
    quota: [
      {
        id: 'project-1',
        limits: { ...DEFAULT_QUOTA.volume, ...limits },
        inUse: { volumes: 2, gigabytes: 20, gigabytes_plain: 10 },
        reserved,
      },
    ],
  };
}

function bounds(least: string, most: string): Rows {
  const extraSpecs = { 'provisioning:min_vol_size': least, 'provisioning:max_vol_size': most };
  return { volumeType: [typeRecord({ extraSpecs })] };
}

function stateOf(world: World) {
  const { status, sizeGib, previousStatus } = world.volume.get('volume-1') ?? volumeRecord();
  return { status, sizeGib, previousStatus };
}

describe('what speaks against a new size', () => {
  test.each<[string, number, Rows, string[]]>([
    ['one GiB more', 11, {}, []],
    ['the same size', 10, {}, ['invalid not-larger']],
    ['less', 9, {}, ['invalid not-larger']],
    ['more than the type has at most', 21, bounds('1', '20'), ['invalid type-limits']],
    ['as much as the type has at most', 20, bounds('1', '20'), []],
    ['less than the type has at least', 11, bounds('12', '20'), ['invalid type-limits']],
    [
      'more than a volume of the project may have',
      51,
      quota({ per_volume_gigabytes: 50 }),
      ['over_quota per-volume-quota'],
    ],
    ['as much as a volume of the project may have', 50, quota({ per_volume_gigabytes: 50 }), []],
    ['as much as the project has left', 20, quota({ gigabytes: 30 }), []],
    ['more than the project has left', 21, quota({ gigabytes: 30 }), ['over_quota quota']],
    ['what others have reserved', 20, quota({ gigabytes: 30 }, { gigabytes: 1 }), ['over_quota quota']],
    ['more than the type has left', 16, quota({ gigabytes_plain: 15 }), ['over_quota quota']],
    ['no limit', 2_000_000, quota({ gigabytes: -1 }), []],
    [
      'everything at once, in the API’s order',
      5,
      { ...bounds('6', '9'), volume: [volumeRecord({ status: 'error' })] },
      ['invalid not-larger', 'invalid type-limits', 'invalid volume-status'],
    ],
    [
      'a wrong status before the quota',
      99,
      {
        ...quota({ gigabytes: 30, per_volume_gigabytes: 50 }),
        volume: [volumeRecord({ status: 'reserved' })],
      },
      ['invalid volume-status', 'over_quota per-volume-quota', 'over_quota quota'],
    ],
  ])('%s', (_, sizeGib, rows, expected) => {
    expect(refusals(sizeGib, rows)).toEqual(expected);
  });

  test('a reader extends nothing', () => {
    expect(refusals(11, {}, reader)).toEqual(['forbidden policy.volume:extend']);
  });

  test('extending under the guest has a permission of its own', () => {
    const rows = { volume: [volumeRecord(inUse)], attachment: [attachmentRecord()] };
    const denied: Actor = { ...member, policy: { 'volume:extend_attached_volume': 'admin' } };
    expect(refusals(11, rows)).toEqual([]);
    expect(refusals(11, rows, denied)).toEqual(['forbidden policy.volume:extend_attached_volume']);
    expect(refusals(11, {}, denied)).toEqual([]);
  });

  test('a client that knows of no extending in use is refused, without that permission being asked', () => {
    const policy = { 'volume:extend_attached_volume': [] } as const;
    const older = (changes: Partial<VolumeRecord>) =>
      decideVerb(
        extendVolume,
        ask(
          soundWorld({ volume: [volumeRecord(changes)] }),
          'volume-1',
          { sizeGib: 11, inUse: false },
          { actor: { ...member, policy } },
        ),
      );
    expect(older(inUse)).toMatchObject({
      allowed: false,
      refusals: [{ rule: 'volume.extend.volume-status', code: 'invalid' }],
    });
    expect(older({})).toMatchObject({ allowed: true });
  });

  test('the quota is that of the project the volume is in, not the administrator’s', () => {
    expect(refusals(21, quota({ gigabytes: 30 }), admin)).toEqual(['over_quota quota']);
  });

  test('a volume that does not count needs no quota', () => {
    const rows = { ...quota({ gigabytes: 20 }), volume: [volumeRecord({ consumesQuota: false })] };
    expect(refusals(500, rows)).toEqual([]);
    expect(accepted(extendVolume, extendAsk(500, rows)).operation?.reserves).toEqual({});
  });
});

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
      reason: 'overtaken: volume data-1 is reserved by now',
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
    expect(played).toMatchObject({ outcome: 'failed', reason: 'overtaken: volume volume-1 is gone' });
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
