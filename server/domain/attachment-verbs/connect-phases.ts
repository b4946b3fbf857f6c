/**
 * Storage exports a volume to the host of an attachment's connector: the part of create and update that takes time. The
 * connector is kept before storage is asked, so that whoever has to take the export back can do so.
 */
import type { AttachStatus } from '../attachment';
import { CONNECTED } from '../attachment-life';
import type { Json } from '../connection';
import { type Change, update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import type { AttachmentRecord } from '../engine/world';
import type { FailureCause } from '../operation';
import { isErrorStatus } from '../volume';
import { claimed, spoiled } from './settled-volume';

/** What an attachment goes back to. */
type Former = Pick<
  AttachmentRecord,
  'attachStatus' | 'mode' | 'attachedHost' | 'mountpoint' | 'connector' | 'connectionInfo'
>;

/** @returns what the phases need to know of the attachment as it was; its secrets stay sealed */
export function formerOf(attachment: AttachmentRecord): { former: { readonly [key: string]: Json } } {
  const { attachStatus, mode, attachedHost, mountpoint, connector, connectionInfo } = attachment;
  return { former: { attachStatus, mode, attachedHost, mountpoint, connector, connectionInfo } };
}

/** Written by {@link formerOf}, and by nobody else. */
function former({ operation }: Work): Former {
  return operation.carry.former as unknown as Former;
}

function ours({ world, operation }: Work): AttachmentRecord | null {
  return world.attachment.get(operation.subject.attachmentId ?? '') ?? null;
}

function gone({ operation }: Work): Step {
  const reason = `Attachment ${operation.subject.attachmentId ?? ''} is gone.`;
  return { changes: [], message: 'The attachment is gone', outcome: 'failed', cause: 'overtaken', reason };
}

function back(reason: string, cause: FailureCause = 'fault'): Step {
  return { changes: [], message: 'It is undone', outcome: 'running', next: 'roll-back', reason, cause };
}

const connect: Phase = {
  tasks: (work) =>
    ours(work) === null
      ? []
      : [{ call: 'initializeConnection', attachmentId: work.operation.subject.attachmentId ?? '' }],
  done: (work, [connectionInfo]) => {
    const attachment = ours(work);
    if (attachment === null) return gone(work);
    const volume = work.world.volume.get(attachment.volumeId);
    if (volume === undefined || typeof connectionInfo !== 'string')
      return back('Storage has not said where the volume is.');
    if (isErrorStatus(volume.status))
      return back(`Volume ${volume.name} is ${volume.status} by now.`, 'overtaken');
    return {
      changes: [
        update('attachment', attachment.id, { attachStatus: CONNECTED.attachStatus, connectionInfo }),
        claimed(work.world, volume, CONNECTED.volume, [work.operation.id]),
      ],
      message: `${volume.name} is exported to ${attachment.attachedHost ?? 'its host'}`,
      outcome: 'succeeded',
    };
  },
  failed: (_work, reason) => back(reason),
};

/** A connection to the same host as before is the one that was there before: it must not be taken down. */
function keepsConnection(work: Work, attachment: AttachmentRecord): boolean {
  const before = former(work);
  return before.connectionInfo !== null && before.attachedHost === attachment.attachedHost;
}

function ended(work: Work, changes: readonly Change[], message: string, reason: string): Step {
  return { changes, message, outcome: 'failed', reason: work.operation.reason ?? reason };
}

const rollBack: Phase = {
  tasks: (work) => {
    const attachment = ours(work);
    if (attachment === null || keepsConnection(work, attachment)) return [];
    return [{ call: 'terminateConnection', attachmentId: attachment.id }];
  },
  done: (work) => {
    const attachment = ours(work);
    if (attachment === null) return gone(work);
    const before = former(work);
    const status = before.attachStatus ?? 'known to the compute side alone';
    return ended(
      work,
      [update('attachment', attachment.id, before)],
      `The attachment is ${status} again`,
      'It was undone.',
    );
  },
  failed: (work, reason) => {
    const attachment = ours(work);
    if (attachment === null) return gone(work);
    const before = former(work);
    const why = `${work.operation.reason ?? 'It failed.'} The way back failed as well: ${reason}`;
    // What was connected before is as good as it was.
    if (before.connectionInfo !== null) {
      const changes = [update('attachment', attachment.id, before)];
      return {
        changes,
        message: 'It was connected before, and still is',
        outcome: 'failed',
        cause: 'fault',
        reason: why,
      };
    }
    const attachStatus: AttachStatus = 'error_attaching';
    return {
      changes: [
        update('attachment', attachment.id, { attachStatus }),
        spoiled(work.world, attachment.volumeId, attachment.id),
      ],
      message: 'Storage may still export the volume',
      outcome: 'failed',
      cause: 'fault',
      reason: why,
    };
  },
};

export const CONNECT_PHASES = { connect, 'roll-back': rollBack } as const;
