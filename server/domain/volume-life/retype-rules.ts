/**
 * What a new type must agree with: the size and the flags of the volume, and the quota of its project.
 */
import { holderName } from '../attachment-verbs/attachment-rules';
import type { Ask, Rule } from '../engine/verb';
import { attachmentsOf, rowOf, snapshotsOf, type VolumeTypeRecord } from '../engine/world';
import { FRONT_END_CONSUMERS } from '../qos';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { policyRule, volumeOf } from '../volume-verbs/volume-rules';
import { findType, isMultiattachType, onlyWithinType, sizeOfTypeObjection } from './type-of-volume';

export interface Retype {
  type: string;
  migrationPolicy?: 'never' | 'on-demand' | undefined;
}

const SOURCE = 'cinder volume/api.py, retype';

/** Looked up with an administrator's eyes, as upstream does: a private type is found. */
export function newTypeOf({ world, input }: Pick<Ask<Partial<Retype>>, 'world' | 'input'>) {
  return input.type === undefined ? null : findType(world, input.type);
}

/** @returns what the volume and its snapshots take of the new type's quota; what is over all types stays the same */
export function sharesOf(ask: Ask<Retype>): Record<string, number> {
  const volume = volumeOf(ask);
  const type = newTypeOf(ask);
  if (type === null || !volume.consumesQuota) return {};
  const snapshots = snapshotsOf(ask.world, volume.id).filter((each) => each.consumesQuota);
  const gigabytes = snapshots.reduce((sum, each) => sum + each.sizeGib, volume.sizeGib);
  return onlyWithinType(type, {
    volumes: 1,
    gigabytes,
    ...(snapshots.length === 0 ? {} : { snapshots: snapshots.length }),
  });
}

/** A rule about the new type, once there is one. */
function ofType(
  rule: Pick<Rule<Retype>, 'id' | 'code' | 'source'>,
  test: (type: VolumeTypeRecord, ask: Ask<Retype>) => ReturnType<Rule<Retype>['test']>,
): Rule<Retype> {
  return {
    ...rule,
    needs: ['type'],
    test: (ask) => {
      const type = newTypeOf(ask);
      return type === null ? null : test(type, ask);
    },
  };
}

function flips(type: VolumeTypeRecord, ask: Ask<Retype>): boolean {
  return isMultiattachType(type) !== volumeOf(ask).multiattach;
}

/** Hosts learn of it when they connect a volume, and of nothing later. */
function isToldToHosts({ qosSpecsId }: VolumeTypeRecord, { world }: Ask<Retype>): boolean {
  const qos = qosSpecsId == null ? undefined : world.qosSpecs.get(qosSpecsId);
  return qos !== undefined && FRONT_END_CONSUMERS.includes(qos.consumer);
}

/** Asked before the status of the volume is looked at. */
export const RETYPE_TYPE_RULES: readonly Rule<Retype>[] = [
  {
    id: 'type-not-found',
    code: 'not_found',
    source: SOURCE,
    needs: ['type'],
    test: (ask) =>
      newTypeOf(ask) === null
        ? {
            message: `There is no volume type ${ask.input.type}.`,
            remedy: advice('Pick one of the types there are.', 'openstack volume type list'),
          }
        : null,
  },
  ofType(
    {
      id: 'size-of-type',
      code: 'invalid',
      source: 'cinder volume/volume_types.py, provision_filter_on_size',
    },
    (type, ask) => sizeOfTypeObjection(type, volumeOf(ask).sizeGib),
  ),
  ofType(
    {
      id: 'multiattach-in-use',
      code: 'invalid',
      source: `${SOURCE}: multiattach may change while available`,
    },
    (type, ask) => {
      const volume = volumeOf(ask);
      if (!flips(type, ask)) return null;
      // A reset leaves what the compute side has: guests that share it would then do so unnoticed.
      const [disk] = attachmentsOf(ask.world, volume.id);
      if (volume.status === 'available' && disk !== undefined)
        return {
          message: `Type ${type.name} is ${volume.multiattach ? 'not ' : ''}multiattach, and ${holderName(ask.world, disk)} still has volume ${volume.name} as a disk; that changes only while nobody has it.`,
          remedy: detachRemedy(ask, volume, disk),
        };
      if (volume.status === 'available') return null;
      return {
        message: `Type ${type.name} is ${volume.multiattach ? 'not ' : ''}multiattach and volume ${volume.name} is ${volume.status}; that changes only while it is available.`,
        remedy: statusRemedy(ask, volume),
      };
    },
  ),
  policyRule<Retype>('volume:multiattach', {
    id: 'multiattach-forbidden',
    source: `${SOURCE}: volume:multiattach`,
    when: (ask) => {
      const type = newTypeOf(ask);
      return type !== null && isMultiattachType(type) && !volumeOf(ask).multiattach;
    },
  }),
  ofType(
    { id: 'multiattach-encrypted', code: 'invalid', source: `${SOURCE}: multiattach and encryption` },
    (type, ask) => {
      const volume = volumeOf(ask);
      if (isMultiattachType(type) && type.encryption != null) {
        return { message: `Type ${type.name} is multiattach, and encrypted: no volume can be both.` };
      }
      if (!isMultiattachType(type) || !volume.encrypted) return null;
      return {
        message: `Volume ${volume.name} is encrypted; it cannot be of multiattach type ${type.name}.`,
        remedy: advice('Pick a type that is not multiattach.', 'openstack volume type list'),
      };
    },
  ),
  ofType(
    { id: 'quota', code: 'over_quota', source: `${SOURCE}: get_volume_type_reservation` },
    (type, ask) => {
      const volume = volumeOf(ask);
      if (type.id === volume.typeId) return null;
      return quotaObjection(ask, rowOf(ask.world, 'quota', volume.projectId), sharesOf(ask));
    },
  ),
];

/** Asked after it. */
export const RETYPE_RULES: readonly Rule<Retype>[] = [
  ofType({ id: 'same-type', code: 'invalid', source: SOURCE }, (type, ask) => {
    const volume = volumeOf(ask);
    return type.id === volume.typeId
      ? {
          message: `Volume ${volume.name} has type ${type.name} already.`,
          remedy: advice('Pick another type.'),
        }
      : null;
  }),
  ofType(
    { id: 'host-qos', code: 'invalid', source: 'cinder db/sqlalchemy/api.py, volume_qos_allows_retype' },
    (type, ask) => {
      const volume = volumeOf(ask);
      const before = rowOf(ask.world, 'volumeType', volume.typeId);
      const same = (before.qosSpecsId ?? null) === (type.qosSpecsId ?? null);
      if (volume.status !== 'in-use' || same) return null;
      if (!isToldToHosts(before, ask) && !isToldToHosts(type, ask)) return null;
      return {
        message: `Volume ${volume.name} is in-use, and its host keeps to a quality of service that differs with type ${type.name}; changing it needs a volume that is available.`,
        remedy: advice('Detach the volume first, or pick a type of the same quality of service.'),
      };
    },
  ),
];
