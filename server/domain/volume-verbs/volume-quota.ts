/**
 * Whether a project has room for more. A limit counts what there is and what running operations hold; −1 is no limit.
 */
import type { Objection } from '../engine/verb';
import type { QuotaRecord } from '../engine/world';
import { limitOf } from '../quota-limits';
import { actionRemedy, type Situation } from './volume-remedy';

/** @returns what is in use and held of a resource, which a new limit may not be below */
export function takenOf({ inUse, reserved }: QuotaRecord, resource: string): number {
  return (inUse[resource] ?? 0) + Math.max(reserved[resource] ?? 0, 0);
}

/**
 * @param adds more of each resource, which is wanted altogether or not at all (cinder db/api.py, quota_reserve)
 * @returns why the project may not have that; null when there is room
 */
export function quotaObjection(
  situation: Situation,
  quota: QuotaRecord,
  adds: Readonly<Record<string, number>>,
): Objection | null {
  for (const [resource, add] of Object.entries(adds)) {
    const limit = limitOf(situation.world, quota, resource);
    const taken = takenOf(quota, resource);
    if (add <= 0 || limit < 0 || taken + add <= limit) continue;
    // Tempest takes a refusal for a full quota only when it says `exceed`.
    const unit = resource.startsWith('gigabytes') ? ' GiB' : '';
    return {
      message: `Quota ${resource}: ${taken} of ${limit}${unit} are taken, and ${add} more would exceed it.`,
      remedy: quotaRemedy(situation, quota.id, resource, taken + add),
    };
  }
  return null;
}

/**
 * @param sizeGib of one volume (cinder quota.py, limit_check); how much there is does not matter
 * @returns why no volume of the project may have that size; null when one may
 */
export function perVolumeObjection(
  situation: Situation,
  quota: QuotaRecord,
  sizeGib: number,
): Objection | null {
  const limit = limitOf(situation.world, quota, 'per_volume_gigabytes');
  if (limit < 0 || sizeGib <= limit) return null;
  return {
    message: `Quota per_volume_gigabytes: a volume may have ${limit} GiB, and this one would exceed that with ${sizeGib}.`,
    remedy: quotaRemedy(situation, quota.id, 'per_volume_gigabytes', sizeGib),
  };
}

/** @returns raising the limit, for who may; for others whom to ask */
export function quotaRemedy(situation: Situation, projectId: string, resource: string, needed: number) {
  return actionRemedy(
    situation,
    { action: 'quota.update', label: `Raise ${resource} to ${needed}`, projectId, args: { projectId } },
    `Delete what is not needed any more, or ask an administrator to raise ${resource} to ${needed}.`,
  );
}
