/**
 * What projects may have that have no limits of their own.
 */
import { insert, update } from '../engine/change';
import { type Ask, defineVerb } from '../engine/verb';
import { UNLIMITED } from '../quota';
import { defaultLimit, USUAL_RESOURCES } from '../quota-limits';
import { commandOf } from '../volume-verbs/volume-words';
import { knownResourceRule, limitOptions, limitWords, type NewLimits } from './limit-rules';

type Situation = Pick<Ask<Partial<NewLimits>>, 'world' | 'input'>;

/** @returns the limits that would be others than they are: a client may send all it has read */
function changedLimits({ world, input }: Situation): [resource: string, limit: number][] {
  return Object.entries(input.limits ?? {}).filter(
    ([resource, limit]) => defaultLimit(world, resource) !== limit,
  );
}

export const updateDefaultQuota = defineVerb({
  name: 'quota.update-defaults',
  noun: 'project',
  fields: {
    limits: {
      kind: 'numbers',
      label: 'Limits',
      hint: 'Of every project without a limit of its own. −1 is without limit.',
    },
  },
  life: null,
  roots: () => ({ defaultQuota: true, everyVolumeType: true }),
  rules: [knownResourceRule],
  plan: (ask) => {
    const changed = changedLimits(ask);
    return {
      changes: changed.map(([resource, limit]) =>
        ask.world.defaultQuota.has(resource)
          ? update('defaultQuota', resource, { limit })
          : insert('defaultQuota', { id: resource, limit }),
      ),
      subject: {},
      job: null,
      answer: { limits: ask.input.limits },
      message:
        changed.length === 0
          ? 'Default limits stay as they are'
          : `Default limits are set: ${limitWords(Object.fromEntries(changed))}`,
    };
  },
  initial: ({ world }) => ({
    limits: Object.fromEntries(USUAL_RESOURCES.map((resource) => [resource, defaultLimit(world, resource)])),
  }),
  steps: (ask) => {
    const changed = changedLimits(ask);
    if (changed.length === 0) return ['Nothing changes: these are the limits already.'];
    return [
      `From now on projects without limits of their own may have: ${limitWords(Object.fromEntries(changed))}.`,
      'Limits that a project was given stay.',
    ];
  },
  warnings: (ask) => {
    const lower = changedLimits(ask).filter(([resource, limit]) => {
      const before = defaultLimit(ask.world, resource);
      return limit !== UNLIMITED && (before === UNLIMITED || limit < before);
    });
    return lower.length === 0
      ? []
      : [
          `Projects that have more ${lower.map(([resource]) => resource).join(', ')} keep them, but get no more.`,
        ];
  },
  spoken: (ask) => {
    const limits = Object.fromEntries(changedLimits(ask));
    return {
      command: commandOf('openstack quota set --class', ...limitOptions(limits), 'default'),
      request: {
        method: 'PUT',
        path: `/v3/${ask.actor.projectId}/os-quota-class-sets/default`,
        body: { quota_class_set: limits },
      },
    };
  },
});
