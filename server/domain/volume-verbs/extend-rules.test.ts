import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  soundWorld,
  typeRecord,
  volumeRecord,
} from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import { DEFAULT_QUOTA } from '../quota';
import type { Actor } from '../roles';
import { admin, member, reader } from '../sound-facts';
import { extendAsk, inUse } from './extend-scene';
import { extendVolume } from './extend-volume';

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
