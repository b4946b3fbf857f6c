import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { ask, soundWorld } from '../engine/sound-world';
import type { DefaultQuotaRecord, QuotaRecord } from '../engine/world';
import { defaultLimit, limitOf } from '../quota-limits';
import { admin, member } from '../sound-facts';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { updateDefaultQuota } from './default-quota';

function asked(limits: Record<string, number>, defaultQuota: DefaultQuotaRecord[] = []) {
  return ask(soundWorld({ defaultQuota }), 'project-1', { limits }, { actor: admin });
}

describe('new defaults', () => {
  test.each<[string, Record<string, number>, string[]]>([
    ['more', { volumes: 20 }, []],
    ['less than projects have', { volumes: 0 }, []],
    ['none', { instances: -1 }, []],
    ['of a type', { gigabytes_plain: 5 }, []],
    ['what they are', { volumes: 10 }, []],
    ['nothing at all', {}, []],
    ['of nothing that is counted', { bananas: 1 }, ['quota.update-defaults.unknown-resource']],
    ['of a type that is not there', { volumes_gold: 1 }, ['quota.update-defaults.unknown-resource']],
  ])('%s', (_, limits, expected) => {
    const decision = decideVerb(updateDefaultQuota, asked(limits));
    expect(decision.allowed ? [] : decision.refusals.map(({ rule }) => rule)).toEqual(expected);
  });

  test('are an administrator’s to say', () => {
    expect(decideVerb(updateDefaultQuota, { ...asked({ volumes: 20 }), actor: member })).toMatchObject({
      allowed: false,
      refusals: [{ code: 'forbidden' }],
    });
  });

  test('are written where they differ, and nothing else is', () => {
    const call = asked({ volumes: 20, gigabytes: 1000, cores: 8 }, [{ id: 'cores', limit: 4 }]);
    const { world } = accepted(updateDefaultQuota, call);
    expect([...world.defaultQuota.values()]).toEqual([
      { id: 'cores', limit: 8 },
      { id: 'volumes', limit: 20 },
    ]);
  });

  test('lower ones warn that nobody gets more', () => {
    const warned = (limits: Record<string, number>) => updateDefaultQuota.warnings?.(asked(limits));
    expect(warned({ volumes: 5, snapshots: 30 })).toEqual([
      'Projects that have more volumes keep them, but get no more.',
    ]);
    expect(warned({ per_volume_gigabytes: 100 })).toHaveLength(1);
    expect(warned({ volumes: -1 })).toEqual([]);
  });
});

describe('what a project may have', () => {
  const own: QuotaRecord = { id: 'project-1', limits: { volumes: 3 }, inUse: { snapshots: 2 }, reserved: {} };

  test.each<[string, string, DefaultQuotaRecord[], number]>([
    ['its own limit', 'volumes', [{ id: 'volumes', limit: 50 }], 3],
    ['the default that was set', 'gigabytes', [{ id: 'gigabytes', limit: 7 }], 7],
    ['the one that is built in', 'gigabytes', [], 1000],
    ['any number of what nobody has limited', 'volumes_plain', [], -1],
    ['so many of a type, by default', 'volumes_plain', [{ id: 'volumes_plain', limit: 4 }], 4],
  ])('%s', (_, resource, defaultQuota, limit) => {
    expect(limitOf(soundWorld({ defaultQuota }), own, resource)).toBe(limit);
  });

  test('is decided by the default as it is', () => {
    const world = soundWorld({ defaultQuota: [{ id: 'snapshots', limit: 2 }] });
    expect(quotaObjection({ actor: member, world }, own, { snapshots: 1 })?.message).toBe(
      'Quota snapshots: 2 of 2 are taken, and 1 more would exceed it.',
    );
    expect(quotaObjection({ actor: member, world: soundWorld() }, own, { snapshots: 1 })).toBeNull();
    expect(defaultLimit(world, 'snapshots')).toBe(2);
  });
});
