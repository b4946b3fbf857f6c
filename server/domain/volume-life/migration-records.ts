/**
 * The two records of a migration: the volume, and the hidden one that receives its data. At the end they change places:
 * the volume keeps its id and gets the new place, the hidden one gets the old place, and goes with it.
 */
import { NO_COMPUTE_SIDE } from '../attachment-verbs/storage-side';
import { applyChanges, type Change, insert, remove, update } from '../engine/change';
import type { Work } from '../engine/verb';
import {
  type AttachmentRecord,
  attachmentsOf,
  type VolumeRecord,
  type VolumeTypeRecord,
  type World,
} from '../engine/world';
import { impliedBy } from '../volume-verbs/volume-work';
import { isMultiattachType } from './type-of-volume';

/** @returns the volume that receives the data; null before there is one, and when it is gone */
export function targetOf({ world, operation }: Pick<Work, 'world' | 'operation'>): VolumeRecord | null {
  const ids = operation.carry.volumes;
  const id = Array.isArray(ids) ? ids[0] : undefined;
  return typeof id === 'string' ? (world.volume.get(id) ?? null) : null;
}

/** @returns a hidden volume for the data: without quota, and with nobody's attachments */
export function hiddenTarget(
  id: string,
  volume: VolumeRecord,
  pool: string,
  type: VolumeTypeRecord | undefined,
): VolumeRecord {
  return {
    ...volume,
    id,
    status: 'creating',
    attachStatus: 'detached',
    migrationStatus: `target:${volume.id}`,
    previousStatus: null,
    multiattach: type === undefined ? volume.multiattach : isMultiattachType(type),
    typeId: type?.id ?? volume.typeId,
    pool,
    nameId: null,
    groupId: null,
    consumesQuota: false,
  };
}

/** One disk of a server: what it has, and what it is to have. */
export interface Pair {
  from: AttachmentRecord;
  to: AttachmentRecord;
}

/** @returns disks of servers here that have an attachment to the target too */
export function pairsOf(world: World, volumeId: string, targetId: string): Pair[] {
  const others = attachmentsOf(world, targetId);
  return attachmentsOf(world, volumeId).flatMap((from) => {
    const to = others.find((each) => each.instanceId === from.instanceId && each.serverId === null);
    return from.serverId === null || to === undefined ? [] : [{ from, to }];
  });
}

/** @returns a reservation of the target for the server that has the volume */
export function reservedFor(
  id: string,
  { instanceId, mode }: AttachmentRecord,
  target: VolumeRecord,
): Change {
  return insert('attachment', {
    id,
    volumeId: target.id,
    multiattach: target.multiattach,
    instanceId,
    attachStatus: 'reserved',
    mode,
    attachedHost: null,
    mountpoint: null,
    connector: null,
    connectionInfo: null,
    ...NO_COMPUTE_SIDE,
  });
}

/** A disk is the server's: device, tag and fate move with it. */
function moved({ from, to }: Pair, volume: VolumeRecord): Change[] {
  const { bdmId, serverId, device, bootIndex, tag, deleteOnTermination, mountpoint, attachedHost } = from;
  return [
    update('attachment', from.id, NO_COMPUTE_SIDE),
    remove('attachment', from.id),
    update('attachment', to.id, {
      volumeId: volume.id,
      multiattach: volume.multiattach,
      attachStatus: 'attached',
      mountpoint: to.mountpoint ?? mountpoint,
      attachedHost: to.attachedHost ?? attachedHost,
      bdmId,
      serverId,
      device,
      bootIndex,
      tag,
      deleteOnTermination,
    }),
  ];
}

/**
 * The records change places (cinder objects/volume.py, finish_volume_migration). Attachments of the target become the
 * volume's; the one a server has had of the volume gives way to the one it has of the target.
 */
export function changedPlaces(world: World, volume: VolumeRecord, target: VolumeRecord): Change[] {
  const after: VolumeRecord = { ...volume, multiattach: target.multiattach };
  const pairs = pairsOf(world, volume.id, target.id);
  const alone = attachmentsOf(world, target.id).filter((each) => !pairs.some(({ to }) => to.id === each.id));
  const changes: Change[] = [
    update('volume', volume.id, {
      pool: target.pool,
      typeId: target.typeId,
      multiattach: target.multiattach,
      encrypted: target.encrypted,
      ...(target.encryptionKeyId === undefined ? {} : { encryptionKeyId: target.encryptionKeyId }),
      // Backends are asked by id and pool alone: the data go by the volume's own id in the new place.
      nameId: null,
      migrationStatus: 'completing',
    }),
    ...pairs.flatMap((pair) => moved(pair, after)),
    ...alone.map((each) =>
      update('attachment', each.id, { volumeId: volume.id, multiattach: target.multiattach }),
    ),
    update('volume', target.id, {
      pool: volume.pool,
      nameId: volume.nameId,
      status: 'deleting',
      attachStatus: 'detached',
      migrationStatus: 'deleting',
      description: `migration src for ${volume.id}`,
    }),
  ];
  const { attachStatus } = impliedBy(applyChanges(world, changes), volume.id);
  return [...changes, update('volume', volume.id, { attachStatus })];
}

/** Statuses that a migration, or the change of type it belongs to, has given and takes back. */
const GIVEN: readonly string[] = ['maintenance', 'retyping'];
/** Statuses that an attachment has given; while it was moved, the volume kept them although all of those went. */
const HELD: readonly string[] = ['in-use', 'detaching', 'reserved'];

/** @returns the status without the migration: what the attachments say, unless somebody has set another */
export function freedStatus(world: World, volume: VolumeRecord): Partial<VolumeRecord> {
  const { status } = impliedBy(world, volume.id);
  const orphaned =
    (status === 'available' && HELD.includes(volume.status)) ||
    // Of a server that went meanwhile only a connection is left.
    (volume.status === 'in-use' && status !== 'in-use');
  return GIVEN.includes(volume.status) || orphaned
    ? { status, previousStatus: null }
    : { previousStatus: null };
}
