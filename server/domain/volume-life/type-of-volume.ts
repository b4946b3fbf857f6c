/**
 * What a volume type asks of its volumes.
 */
import type { Objection } from '../engine/verb';
import type { VolumeTypeRecord, World } from '../engine/world';
import { type QuotaResourcePerType, quotaOfType } from '../quota';
import { type Actor, isAdmin } from '../roles';

/** @returns the type with this id, else the one with this name (cinder `volume_types.py`, get_by_name_or_id) */
export function findType(world: World, idOrName: string): VolumeTypeRecord | null {
  const byId = world.volumeType.get(idOrName);
  if (byId !== undefined) return byId;
  return [...world.volumeType.values()].find((each) => each.name === idOrName) ?? null;
}

/** @returns whether the caller sees the type at all: a private one only with access */
export function maySeeType(type: VolumeTypeRecord, actor: Actor): boolean {
  return type.public || isAdmin(actor) || type.access.includes(actor.projectId);
}

/** Cinder compares with this text and no other (`volume/volume_utils.py`, is_boolean_str for `<is> True`). */
const TRUE_SPEC = '<is> True';

/** @returns whether an extra spec says yes */
export function isTrueSpec(specs: Readonly<Record<string, string>>, key: string): boolean {
  return specs[key] === TRUE_SPEC;
}

export function isMultiattachType(type: VolumeTypeRecord): boolean {
  return isTrueSpec(type.extraSpecs, 'multiattach');
}

/**
 * @param sizeGib of a volume that has the type, or shall have it
 * @returns what is wrong with it (cinder `volume/volume_types.py`, provision_filter_on_size)
 */
export function sizeOfTypeObjection(type: VolumeTypeRecord, sizeGib: number): Objection | null {
  const min = limitOf(type, 'provisioning:min_vol_size');
  const max = limitOf(type, 'provisioning:max_vol_size');
  const wrong =
    min !== null && sizeGib < min
      ? `at least ${min}`
      : max !== null && sizeGib > max
        ? `at most ${max}`
        : null;
  if (wrong === null) return null;
  return { message: `${sizeGib} GiB do not fit volume type ${type.name}, which asks for ${wrong} GiB.` };
}

function limitOf(type: VolumeTypeRecord, key: string): number | null {
  const text = type.extraSpecs[key];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** @returns the amounts, and once more within the type: quotas count both */
export function withinType(
  type: VolumeTypeRecord,
  amounts: Partial<Record<QuotaResourcePerType, number>>,
): Record<string, number> {
  return { ...amounts, ...onlyWithinType(type, amounts) };
}

/** @returns the amounts by the names that they have within the type */
export function onlyWithinType(
  type: VolumeTypeRecord,
  amounts: Partial<Record<QuotaResourcePerType, number>>,
): Record<string, number> {
  const perType = Object.entries(amounts).map(([resource, amount]) => [
    quotaOfType(resource as QuotaResourcePerType, type.name),
    amount,
  ]);
  return Object.fromEntries(perType);
}
