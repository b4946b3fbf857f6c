import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { ask, soundWorld } from '../engine/sound-world';
import { admin, member } from '../sound-facts';
import { QUOTA_VERBS } from './quota-verbs';

const taken = {
  id: 'project-1',
  limits: { volumes_plain: 3 },
  inUse: { volumes: 4, gigabytes: 40, volumes_plain: 2 },
  reserved: { gigabytes: 5 },
};

function asked(limits: Record<string, number>, id = 'project-1') {
  return ask(soundWorld({ quota: [taken] }), id, { limits }, { actor: admin });
}

describe('new limits', () => {
  test.each<[string, Record<string, number>, string[]]>([
    ['more', { volumes: 20 }, []],
    ['exactly what there is', { volumes: 4 }, []],
    ['less than there is', { volumes: 3 }, ['below-usage']],
    ['exactly what there is and is held', { gigabytes: 45 }, []],
    ['less than is held besides', { gigabytes: 44 }, ['below-usage']],
    ['none', { volumes: -1, gigabytes: -1 }, []],
    ['of a type', { volumes_plain: 2, snapshots_multi: 0 }, []],
    ['of a type, less than there is', { volumes_plain: 1 }, ['below-usage']],
    ['of a resource never used', { snapshots: 0 }, []],
    ['of one volume, whatever there is', { per_volume_gigabytes: 1 }, []],
    ['of servers', { instances: 5, cores: 10, ram: 1024 }, []],
    ['of nothing that is counted', { bananas: 1 }, ['unknown-resource']],
    ['of a type that is not there', { volumes_gold: 1 }, ['unknown-resource']],
    ['no limit at all', {}, ['no-limits']],
  ])('%s', (_, limits, expected) => {
    const decision = decideVerb(QUOTA_VERBS['quota.update'], asked(limits));
    expect(
      decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace('quota.update.', '')),
    ).toEqual(expected);
  });

  test('the others stay', () => {
    const { world } = accepted(QUOTA_VERBS['quota.update'], asked({ volumes: 20 }));
    expect(world.quota.get('project-1')).toEqual({ ...taken, limits: { ...taken.limits, volumes: 20 } });
  });

  test('of a project that is not there', () => {
    expect(decideVerb(QUOTA_VERBS['quota.update'], asked({ volumes: 1 }, 'nobody'))).toMatchObject({
      refusals: [{ code: 'not_found' }],
    });
  });

  test('a member may not', () => {
    const decision = decideVerb(QUOTA_VERBS['quota.update'], { ...asked({ volumes: 20 }), actor: member });
    expect(decision).toMatchObject({ allowed: false, refusals: [{ code: 'forbidden' }] });
  });
});

test('reset: no limit of its own is left, and none of a type', () => {
  const { world } = accepted(QUOTA_VERBS['quota.reset'], asked({}));
  expect(world.quota.get('project-1')).toEqual({
    ...taken,
    limits: {},
  });
});

test.each([
  ['volume', { instances: 3 }],
  ['compute', { volumes: 7, volumes_plain: 3 }],
])('reset of one service: the limits of the other stay (%s)', (service, limits) => {
  const own = { ...taken, limits: { ...taken.limits, volumes: 7, instances: 3 } };
  const { world } = accepted(
    QUOTA_VERBS['quota.reset'],
    ask(soundWorld({ quota: [own] }), 'project-1', { service }, { actor: admin }),
  );
  expect(world.quota.get('project-1')?.limits).toEqual(limits);
});
