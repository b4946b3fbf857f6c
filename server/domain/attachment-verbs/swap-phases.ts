/**
 * A disk moves to another volume while its server runs: the host connects to the new volume, the guest is moved over,
 * and the old volume is let go. Up to the move everything can go back; after it the server has the new volume, whatever
 * becomes of the old one.
 */
import {
  COMPLETED,
  CONNECTED,
  volumeAfterAttachRollBack,
  volumeAfterFailedRollBack,
} from '../attachment-life';
import { type Change, remove, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import { type AttachmentRecord, disksOf, ownerOf, type VolumeRecord } from '../engine/world';
import type { FailureCause } from '../operation';
import { isMigrating, type VolumeStatus } from '../volume';
import { carriedText } from '../volume-verbs/volume-work';
import { goneChanges } from './disconnect-phase';
import { claimed, othersOf, settled, spoiled } from './settled-volume';
import { NO_COMPUTE_SIDE } from './storage-side';

interface Disks {
  /** What the server has had; null when somebody has taken it away. */
  from: AttachmentRecord | null;
  /** What it is to have; null when somebody has taken it away. */
  to: AttachmentRecord | null;
}

function idsOf(work: Work): { from: string; to: string; serverId: string } {
  const { attachmentId: from = '', serverId = '' } = work.operation.subject;
  return { from, to: carriedText(work, 'to'), serverId };
}

function disksOfSwap(work: Work): Disks {
  const { from, to } = idsOf(work);
  return { from: work.world.attachment.get(from) ?? null, to: work.world.attachment.get(to) ?? null };
}

function volumeOfDisk({ world }: Work, disk: AttachmentRecord): VolumeRecord | null {
  return world.volume.get(disk.volumeId) ?? null;
}

/** @returns both disks while they still are as the swap has left them, else why it cannot go on */
function stillOurs(work: Work): { from: AttachmentRecord; to: AttachmentRecord } | string {
  const { from, to } = disksOfSwap(work);
  if (to === null || !['reserved', 'attaching'].includes(to.attachStatus ?? ''))
    return 'The attachment to the new volume was changed meanwhile.';
  const volume = from === null ? null : volumeOfDisk(work, from);
  if (from === null || from.serverId === null || volume === null) return 'The disk was taken away meanwhile.';
  if (volume.status !== 'detaching' && !isMigrating(volume.migrationStatus))
    return `Volume ${volume.name} is ${volume.status} by now.`;
  // A shared volume may have been attached to the server the usual way meanwhile; a server has a volume once.
  if (disksOf(work.world, from.serverId).some((each) => each.volumeId === to.volumeId))
    return 'The server has got the new volume in another way meanwhile.';
  return { from, to };
}

function back(reason: string, cause: FailureCause = 'fault'): Step {
  return { changes: [], message: 'It is undone', outcome: 'running', next: 'roll-back', reason, cause };
}

/** The host says who it is; that is kept before storage exports anything to it. */
const connect: Phase = {
  tasks: (work) =>
    disksOfSwap(work).to === null ? [] : [{ call: 'getConnector', attachmentId: idsOf(work).to }],
  done: (work, [connector]) => {
    const ours = stillOurs(work);
    if (typeof ours === 'string') return back(ours, 'overtaken');
    const target = volumeOfDisk(work, ours.to);
    if (typeof connector !== 'string' || target === null) return back('The host has not said who it is.');
    const host = work.world.server.get(idsOf(work).serverId)?.host ?? null;
    return {
      changes: [
        update('attachment', ours.to.id, {
          attachStatus: CONNECTED.attachStatus,
          connector,
          attachedHost: host,
          mountpoint: ours.from.device,
        }),
        claimed(work.world, target, CONNECTED.volume, [work.operation.id]),
      ],
      message: `${host ?? 'The host'} asks for ${target.name}`,
      outcome: 'running',
      next: 'export',
    };
  },
  failed: (_work, reason) => back(reason),
};

const exportVolume: Phase = {
  tasks: (work) =>
    disksOfSwap(work).to === null ? [] : [{ call: 'initializeConnection', attachmentId: idsOf(work).to }],
  done: (work, [connectionInfo]) => {
    const ours = stillOurs(work);
    if (typeof ours === 'string') return back(ours, 'overtaken');
    if (typeof connectionInfo !== 'string') return back('Storage has not said where the volume is.');
    return {
      changes: [update('attachment', ours.to.id, { connectionInfo })],
      message: 'The host can reach the new volume',
      outcome: 'running',
      next: 'swap',
      // From now on nobody knows which volume the guest has, until somebody says so.
      carry: { moving: true },
    };
  },
  failed: (_work, reason) => back(reason),
};

function moved(work: Work, direction: 'there' | 'back') {
  const { from, to, serverId } = idsOf(work);
  const [fromAttachmentId, toAttachmentId] = direction === 'there' ? [from, to] : [to, from];
  const target = work.world.attachment.get(toAttachmentId);
  return {
    call: 'swapDevice',
    serverId,
    ...(target === undefined ? {} : { volumeId: target.volumeId }),
    args: { fromAttachmentId, toAttachmentId },
  } as const;
}

const swap: Phase = {
  tasks: (work) => (typeof stillOurs(work) === 'string' ? [] : [moved(work, 'there')]),
  done: (work) => {
    const ours = stillOurs(work);
    if (typeof ours === 'string') return back(ours, 'overtaken');
    const { from, to } = ours;
    const target = volumeOfDisk(work, to);
    if (target === null) return back('The new volume is gone.', 'overtaken');
    const { bdmId, serverId, device, bootIndex, tag, deleteOnTermination } = from;
    return {
      changes: [
        update('attachment', from.id, NO_COMPUTE_SIDE),
        update('attachment', to.id, {
          attachStatus: COMPLETED.attachStatus,
          bdmId,
          serverId,
          device,
          bootIndex,
          tag,
          deleteOnTermination,
        }),
        claimed(work.world, target, COMPLETED.volume, [work.operation.id]),
      ],
      message: `The guest has ${target.name} as ${device ?? 'its disk'}`,
      outcome: 'running',
      next: 'clear',
    };
  },
  failed: (_work, reason) => back(reason),
};

/** The server has the new volume; there is no way back from here, and none is needed. */
const clear: Phase = {
  tasks: (work) =>
    disksOfSwap(work).from === null ? [] : [{ call: 'terminateConnection', attachmentId: idsOf(work).from }],
  done: (work) => {
    const { from } = disksOfSwap(work);
    return {
      changes: from === null ? [] : goneChanges(work.world, from, [work.operation.id]),
      message: 'The old volume is let go',
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const { from } = disksOfSwap(work);
    return {
      changes:
        from === null
          ? []
          : [
              update('attachment', from.id, { attachStatus: 'error_detaching' }),
              spoiled(work.world, from.volumeId, from.id),
            ],
      message: 'The old volume is still exported',
      outcome: 'failed',
      reason: `The server has the new volume, but storage still exports the old one: ${reason}`,
    };
  },
};

/** The volume that was to be taken: what it was, unless somebody has changed it since. */
function freed(work: Work, to: AttachmentRecord): Change[] {
  const volume = volumeOfDisk(work, to);
  if (volume === null) return [];
  const { targetStatus, targetOwned } = work.operation.carry;
  const orphaned = targetOwned === true && ownerOf(work.world, volume.id) === null;
  // How that work ended was hidden by the reservation: nobody may take the volume before a person has looked.
  const before = orphaned
    ? volumeAfterFailedRollBack([])
    : ({ status: (targetStatus ?? 'available') as VolumeStatus, attachStatus: 'detached' } as const);
  const others = othersOf(work.world, volume.id, to.id);
  return [
    remove('attachment', to.id),
    update('volume', volume.id, volumeAfterAttachRollBack(volume, before, others)),
  ];
}

function kept(work: Work, from: AttachmentRecord | null): Change[] {
  return from === null ? [] : settled(work.world, from.volumeId, [], [work.operation.id]);
}

const rollBack: Phase = {
  tasks: (work) => {
    const { from, to } = disksOfSwap(work);
    if (to === null || to.connector === null) return [];
    const terminate = { call: 'terminateConnection', attachmentId: to.id } as const;
    if (work.operation.carry.moving !== true) return [terminate];
    // With the old disk taken away there is nothing to go back to; the new one must not stay either.
    if (from === null || from.serverId === null)
      return [{ call: 'detachDevice', attachmentId: to.id }, terminate];
    return [moved(work, 'back'), terminate];
  },
  done: (work) => {
    const { from, to } = disksOfSwap(work);
    return {
      changes: [...(to === null ? [] : freed(work, to)), ...kept(work, from)],
      message: 'The server has the volume it had, and the other one is free',
      outcome: 'failed',
      reason: work.operation.reason ?? 'It was undone.',
    };
  },
  failed: (work, reason) => {
    const { from, to } = disksOfSwap(work);
    const unsure = work.operation.carry.moving === true && from !== null;
    return {
      changes: [
        ...(to === null
          ? []
          : [
              update('attachment', to.id, { attachStatus: 'error_attaching' }),
              spoiled(work.world, to.volumeId, to.id),
            ]),
        ...(unsure
          ? [
              update('attachment', from.id, { attachStatus: 'error_detaching' }),
              spoiled(work.world, from.volumeId, from.id),
            ]
          : kept(work, from)),
      ],
      message: unsure ? 'Nobody knows which volume the guest has' : 'The new volume may still be exported',
      outcome: 'failed',
      cause: 'fault',
      reason: `${work.operation.reason ?? 'It failed.'} The way back failed as well: ${reason}`,
    };
  },
};

export const SWAP_PHASES = { connect, export: exportVolume, swap, clear, 'roll-back': rollBack } as const;
