/**
 * What a new size must agree with: the size there is, the type's limits, and the quota of the volume's project.
 */
import type { Ask, Rule } from '../engine/verb';
import { rowOf } from '../engine/world';
import type { VolumeStatus } from '../volume';
import { sizeOfTypeObjection, withinType } from '../volume-life/type-of-volume';
import { perVolumeObjection, quotaObjection } from './volume-quota';
import { advice } from './volume-remedy';
import { policyRule, volumeOf } from './volume-rules';

/** Sizes in GiB. */
interface NewSize {
  sizeGib: number;
  inUse?: boolean | undefined;
}

/** @returns statuses that a caller of this kind may extend: older clients expect a volume in use to be refused */
export function extendable({ input }: { input: object }): readonly VolumeStatus[] {
  return 'inUse' in input && input.inUse === false ? ['available'] : ['available', 'in-use'];
}

/** @returns GiB by quota resource that the volume takes besides those it has; nothing when it does not count */
export function moreOf({ world, id, input }: Pick<Ask<NewSize>, 'world' | 'id' | 'input'>) {
  const volume = volumeOf({ world, id });
  if (!volume.consumesQuota) return {};
  return withinType(rowOf(world, 'volumeType', volume.typeId), {
    gigabytes: input.sizeGib - volume.sizeGib,
  });
}

function quotaOf(ask: Pick<Ask<object>, 'world' | 'id'>) {
  return rowOf(ask.world, 'quota', volumeOf(ask).projectId);
}

/** A volume in use grows under the guest, which has a permission of its own. */
const attachedPolicyRule = policyRule('volume:extend_attached_volume', {
  id: 'attached-policy',
  source: 'cinder volume/api.py, extend_attached_volume',
  when: (ask) => volumeOf(ask).status === 'in-use' && extendable(ask).includes('in-use'),
});

const largerRule: Rule<NewSize> = {
  id: 'not-larger',
  code: 'invalid',
  source: 'cinder volume/api.py, _extend: new size must be greater',
  needs: ['sizeGib'],
  test: (ask) => {
    const volume = volumeOf(ask);
    if (ask.input.sizeGib > volume.sizeGib) return null;
    return {
      message: `Volume ${volume.name} has ${volume.sizeGib} GiB already; the new size must be more than that, not ${ask.input.sizeGib} GiB.`,
      remedy: advice(`Choose ${volume.sizeGib + 1} GiB or more; a volume cannot be made smaller.`),
    };
  },
};

const typeLimitsRule: Rule<NewSize> = {
  id: 'type-limits',
  code: 'invalid',
  source: 'cinder volume/volume_types.py, provision_filter_on_size',
  needs: ['sizeGib'],
  test: (ask) => sizeOfTypeObjection(rowOf(ask.world, 'volumeType', volumeOf(ask).typeId), ask.input.sizeGib),
};

/** Upstream compares with the limit of the caller's project; the volume's own is meant. */
const perVolumeRule: Rule<NewSize> = {
  id: 'per-volume-quota',
  code: 'over_quota',
  source: 'cinder quota.py, limit_check of per_volume_gigabytes',
  needs: ['sizeGib'],
  test: (ask) => perVolumeObjection(ask, quotaOf(ask), ask.input.sizeGib),
};

const gigabytesRule: Rule<NewSize> = {
  id: 'quota',
  code: 'over_quota',
  source: 'cinder volume/api.py, _extend: gigabytes of the project of the volume',
  needs: ['sizeGib'],
  test: (ask) => quotaObjection(ask, quotaOf(ask), moreOf(ask)),
};

/** Asked before the status of the volume is looked at. */
export const NEW_SIZE_RULES = [attachedPolicyRule, largerRule, typeLimitsRule] as const;

/** Asked after it. */
export const NEW_SIZE_QUOTA_RULES = [perVolumeRule, gigabytesRule] as const;
