/**
 * What the compute API changes about a disk, named by server and volume: its fate, and the volume behind it.
 */
import { deviceLetters } from '~/server/domain/device';
import { uuids } from './around';
import type { Context } from './context';
import { visible } from './list-filters';
import { type Performed, perform } from './perform';
import { type DiskRecord, findDisk } from './records/attachment-disk-records';
import { notFound, RefusedError } from './refused';

export interface DiskIds {
  serverId: string;
  volumeId: string;
}

/** What a client says a disk is; nothing of it can be changed. */
export interface DiskAsSaid {
  id?: string | undefined;
  serverId?: string | undefined;
  device?: string | null | undefined;
  tag?: string | undefined;
}

export interface DiskChange {
  said: DiskAsSaid;
  deleteOnTermination?: boolean | undefined;
}

/**
 * Holds what is said of a disk against what it is, then changes what is to be changed. Looks at no state and no lock,
 * as upstream (nova api/openstack/compute/volume_attachments.py, _update_volume_regular).
 * @throws RefusedError not_found for what is not there; forbidden; invalid when it is said to be otherwise than it is
 */
export async function changeDisk(context: Context, ids: DiskIds, change: DiskChange): Promise<void> {
  const disk = await findDisk(context, ids, 'os_compute_api:os-volumes-attachments:update');
  if (disk === null) throw notAttached(ids, 'not_found');
  await writeChange(context, disk, change);
}

/**
 * Swaps the volume behind a disk for another.
 * @param first a change that comes with it and is asked before; it stays whatever becomes of the swap
 * @returns as soon as both volumes are reserved for it; the operation tells the rest
 * @throws RefusedError with what speaks against it; a disk that is not there is bad input, unless a change comes first
 */
export async function swapDisk(
  context: Context,
  ids: DiskIds,
  toVolumeId: string,
  first: DiskChange | null,
): Promise<Performed> {
  const disk = await findDisk(context, ids, 'os_compute_api:os-volumes-attachments:swap');
  if (disk !== null && first !== null) await writeChange(context, disk, first);
  if (disk === null) {
    if (first === null) await assertVolume(context, ids.volumeId);
    throw notAttached(ids, first === null ? 'invalid' : 'not_found');
  }
  return perform(context, {
    action: 'attachment.swap',
    id: disk.attachmentId,
    input: { volumeId: toVolumeId },
  });
}

async function writeChange(context: Context, disk: DiskRecord, change: DiskChange): Promise<void> {
  const wrong = wrongOf(disk, change.said);
  if (wrong !== null) {
    throw new RefusedError([
      {
        rule: 'attachment.set-delete-on-termination.fixed',
        code: 'invalid',
        message: `The disk ${wrong}; of a disk only delete_on_termination can be changed.`,
      },
    ]);
  }
  const { deleteOnTermination } = change;
  if (deleteOnTermination === undefined) return;
  await perform(context, {
    action: 'attachment.set-delete-on-termination',
    id: disk.attachmentId,
    input: { deleteOnTermination },
  });
}

/** @returns what is said otherwise than it is, the first such thing; of a device the letters count, as everywhere */
function wrongOf(disk: DiskRecord, said: DiskAsSaid): string | null {
  if (said.id !== undefined && said.id !== disk.volumeId)
    return `is of volume ${disk.volumeId}, not ${said.id}`;
  if (said.serverId !== undefined && said.serverId !== disk.serverId)
    return `is of server ${disk.serverId}, not ${said.serverId}`;
  if (said.device !== undefined && lettersOf(said.device) !== lettersOf(disk.device))
    return `has ${named('device', disk.device)}, not ${said.device ?? 'none'}`;
  if (said.tag !== undefined && said.tag !== disk.tag)
    return `has ${named('tag', disk.tag)}, not ${said.tag}`;
  return null;
}

function named(what: string, value: string | null): string {
  return value === null ? `no ${what}` : `${what} ${value}`;
}

function lettersOf(device: string | null): string | null {
  return device === null ? null : deviceLetters(device);
}

async function assertVolume(context: Context, volumeId: string): Promise<void> {
  const { sql } = context.runtime.database;
  const rows = await sql`
    select 1 from volumes v
    where v.id = any(${uuids([volumeId])}::uuid[]) and v.deleted_at is null and ${visible(sql, context, sql`v.project_id`)}`;
  if (rows.length === 0) throw notFound('volume', volumeId);
}

function notAttached({ serverId, volumeId }: DiskIds, code: 'not_found' | 'invalid'): RefusedError {
  return new RefusedError([
    {
      rule: 'attachment.not-attached',
      code,
      message: `Volume ${volumeId} is not attached to server ${serverId}.`,
    },
  ]);
}
