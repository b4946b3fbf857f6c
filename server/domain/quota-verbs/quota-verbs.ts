/**
 * What a project may have is an administrator's to say.
 */
import { insert, remove, update } from '../engine/change';
import { type AnyVerb, type Ask, defineVerb, type Rule } from '../engine/verb';
import { rowOf } from '../engine/world';
import { QUOTA_SERVICES, type QuotaService, serviceOfResource } from '../quota';
import { defaultLimit, USUAL_RESOURCES } from '../quota-limits';
import type { VerbName } from '../verb-catalogue';
import { takenOf } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf } from '../volume-verbs/volume-words';
import { updateDefaultQuota } from './default-quota';
import { knownResourceRule, limitOptions, limitWords, type NewLimits } from './limit-rules';

const SOURCE = 'cinder api/contrib/quotas.py, update';

/** Compared with the size of one volume, never with what there is. */
const NOT_COUNTED = ['per_volume_gigabytes'];

/** The quota of a project is loaded with it, whatever it has. */
const projectRule: Rule<object> = {
  id: 'project-not-found',
  code: 'not_found',
  source: SOURCE,
  test: ({ world, id }) => (world.quota.has(id) ? null : { message: `There is no project ${id}.` }),
};

const LIMIT_RULES: Rule<NewLimits>[] = [
  projectRule,
  {
    id: 'no-limits',
    code: 'invalid',
    source: 'cinder api/schemas/quotas.py, update',
    needs: ['limits'],
    test: ({ input }) =>
      Object.keys(input.limits).length > 0
        ? null
        : {
            message: 'No limit is given; a change of quota needs one.',
            remedy: advice('Say which limit to change.'),
          },
  },
  knownResourceRule,
  {
    id: 'below-usage',
    code: 'invalid',
    // Upstream forgets to ask for resources without a limit of their own; asked for all of them here.
    source: `${SOURCE}: limit below in_use + reserved`,
    needs: ['limits'],
    test: (ask) => {
      const quota = ask.world.quota.get(ask.id);
      if (quota === undefined) return null;
      const low = Object.entries(ask.input.limits).find(
        ([resource, limit]) =>
          limit >= 0 && !NOT_COUNTED.includes(resource) && limit < takenOf(quota, resource),
      );
      if (low === undefined) return null;
      const [resource, limit] = low;
      return {
        message: `${takenOf(quota, resource)} of ${resource} are in use or held; the limit cannot be ${limit}.`,
        remedy: advice(`Choose ${takenOf(quota, resource)} or more, or delete some first.`),
      };
    },
  },
];

const roots = ({ id }: Pick<Ask<object>, 'id'>) => ({ quotas: [id], everyVolumeType: true }) as const;

const updateQuota = defineVerb({
  name: 'quota.update',
  noun: 'project',
  fields: {
    limits: { kind: 'numbers', label: 'Limits', hint: '−1 is without limit.' },
  },
  life: null,
  roots,
  rules: LIMIT_RULES,
  plan: (ask) => {
    const { limits } = rowOf(ask.world, 'quota', ask.id);
    return {
      changes: [update('quota', ask.id, { limits: { ...limits, ...ask.input.limits } })],
      subject: {},
      job: null,
      answer: { limits: ask.input.limits },
      message: `Limits are set: ${limitWords(ask.input.limits)}`,
    };
  },
  steps: (ask) => [`From now on the project may have: ${limitWords(ask.input.limits ?? {})}.`],
  spoken: (ask) => {
    const { limits = {} } = ask.input;
    return {
      command: commandOf('openstack quota set', ...limitOptions(limits), ask.id),
      request: {
        method: 'PUT',
        path: `/v3/${ask.actor.projectId}/os-quota-sets/${ask.id}`,
        body: { quota_set: { ...limits } },
      },
    };
  },
});

/** Limits of its own that a reset leaves it: those of the other service, when one is named. */
function keptLimits(
  limits: Readonly<Record<string, number>>,
  service: QuotaService | undefined,
): Record<string, number> {
  if (service === undefined) return {};
  return Object.fromEntries(
    Object.entries(limits).filter(([resource]) => serviceOfResource(resource) !== service),
  );
}

const resetQuota = defineVerb({
  name: 'quota.reset',
  noun: 'project',
  fields: {
    service: {
      kind: 'choice',
      label: 'Of',
      options: QUOTA_SERVICES,
      words: { compute: 'Servers', volume: 'Storage' },
      hint: 'Of both, when none is chosen.',
      optional: true,
    },
  },
  life: null,
  roots,
  rules: [projectRule],
  plan: (ask) => {
    const quota = rowOf(ask.world, 'quota', ask.id);
    const limits = keptLimits(quota.limits, ask.input.service);
    return {
      changes: [remove('quota', ask.id), insert('quota', { ...quota, limits })],
      subject: {},
      job: null,
      message: 'Limits are what they are by default',
    };
  },
  steps: () => ['The project may have what any project may have that has no limits of its own.'],
  warnings: (ask) => {
    const quota = ask.world.quota.get(ask.id);
    if (quota === undefined) return [];
    const kept = keptLimits(quota.limits, ask.input.service);
    return USUAL_RESOURCES.flatMap((resource) => {
      const limit = defaultLimit(ask.world, resource);
      const taken = takenOf(quota, resource);
      if (resource in kept || limit < 0 || NOT_COUNTED.includes(resource) || taken <= limit) return [];
      return [
        `It has ${taken} of ${resource}, and the default is ${limit}: it keeps them, but gets no more.`,
      ];
    });
  },
  spoken: (ask) => ({
    command: commandOf(
      'openstack quota delete',
      ask.input.service === undefined ? '' : `--${ask.input.service}`,
      ask.id,
    ),
    request: {
      method: 'DELETE',
      path: `/v3/${ask.actor.projectId}/os-quota-sets/${ask.id}`,
      body: null,
    },
  }),
});

export const QUOTA_VERBS = {
  'quota.update': updateQuota,
  'quota.reset': resetQuota,
  'quota.update-defaults': updateDefaultQuota,
} satisfies Partial<Record<VerbName, AnyVerb>>;
