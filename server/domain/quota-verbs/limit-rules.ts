/**
 * What new limits are asked, of a project or of all that have none of their own.
 */
import type { Rule } from '../engine/verb';
import type { World } from '../engine/world';
import { QUOTA_RESOURCES_PER_TYPE, quotaOfType, UNLIMITED } from '../quota';
import { USUAL_RESOURCES } from '../quota-limits';
import { advice } from '../volume-verbs/volume-remedy';

export interface NewLimits {
  limits: Readonly<Record<string, number>>;
}

/** @returns resources that a limit can be set of: those of the services, and those of each volume type */
function resourcesOf(world: World): Set<string> {
  const perType = [...world.volumeType.values()].flatMap(({ name }) =>
    QUOTA_RESOURCES_PER_TYPE.map((resource) => quotaOfType(resource, name)),
  );
  return new Set([...USUAL_RESOURCES, ...perType]);
}

/** A limit of what nobody counts would be a promise that nobody keeps. */
export const knownResourceRule: Rule<NewLimits> = {
  id: 'unknown-resource',
  code: 'invalid',
  source: 'cinder api/contrib/quotas.py, update',
  needs: ['limits'],
  test: ({ world, input }) => {
    const known = resourcesOf(world);
    const unknown = Object.keys(input.limits).find((each) => !known.has(each));
    if (unknown === undefined) return null;
    return {
      message: `There is no quota of ${unknown}.`,
      remedy: advice('Name volumes, gigabytes, snapshots, instances …, or one of them with _<volume type>.'),
    };
  },
};

/** @returns limits in a sentence: `volumes 20, gigabytes without limit` */
export function limitWords(limits: Readonly<Record<string, number>>): string {
  return Object.entries(limits)
    .map(([resource, limit]) => `${resource} ${limit === UNLIMITED ? 'without limit' : limit}`)
    .join(', ');
}

/** @returns the limits as options of the `openstack quota` commands */
export function limitOptions(limits: Readonly<Record<string, number>>): string[] {
  return Object.entries(limits).map(([resource, limit]) => `--${resource.replaceAll('_', '-')} ${limit}`);
}
