/**
 * What is wrong with a volume, by its status and by who holds it.
 */
import type { AttachmentRow, VolumeDetail } from '~/app/_trpc/types';
import { isErrorStatus, VOLUME_STATUS_FAMILY } from '~/server/domain/volume';
import { holderName } from './attachment-state';
import { nameOf } from './name';
import type { Trouble, Way } from './trouble';

/**
 * @param late whether it has been in its status for longer than that usually lasts
 * @returns null for a volume that is well, or on its way
 */
export function volumeTrouble(volume: VolumeDetail, late: boolean): Trouble | null {
  const { status } = volume.facts;
  if (status === 'awaiting-transfer') return offered(volume);
  if (status === 'maintenance') return inMaintenance(volume);
  if (status === 'reserved') return reserved(volume, late);
  if (isErrorStatus(status)) return failed(volume);
  if (!late || VOLUME_STATUS_FAMILY[status] !== 'progress') return null;
  const title = `${nameOf(volume.facts)} is ${status} for longer than usual`;
  return { tone: 'attention', title, ...stuck(volume) };
}

function stuck(volume: VolumeDetail): Pick<Trouble, 'text' | 'ways'> {
  const { facts, attachments } = volume;
  const [only] = attachments;
  switch (facts.status) {
    case 'attaching':
      return only === undefined
        ? {
            text: 'An attach was announced, and nobody has gone on with it. Unreserving makes the volume available again.',
            ways: [{ action: 'volume.unreserve', id: facts.id }],
          }
        : halfAttached(only);
    case 'detaching':
      return {
        text: `${hostsDown(attachments)}Rolling the detach back makes the volume in-use as it was; then it can be detached anew.`,
        ways: [{ action: 'volume.roll-detaching', id: facts.id }],
      };
    case 'deleting':
      return {
        text: 'Storage has not said that it is gone. Deleting by force tries once more; resetting the status to error lets its owner delete it.',
        ways: [
          { action: 'volume.force-delete', id: facts.id },
          { action: 'volume.reset-status', id: facts.id, prefill: { status: 'error' } },
        ],
      };
    case 'creating':
    case 'downloading':
    case 'restoring-backup':
    case 'managing':
    case 'reverting':
      return {
        text: 'Its data are not whole before this has ended. Resetting the status to error lets its owner delete it.',
        ways: [{ action: 'volume.reset-status', id: facts.id, prefill: { status: 'error' } }],
      };
    default:
      return {
        text: 'Its data are as they were. When nothing works on it any more, resetting the status makes it usable again.',
        ways: [{ action: 'volume.reset-status', id: facts.id }],
      };
  }
}

/** @returns what to do with an attachment that neither came to be nor went away */
export function halfAttached({ id, facts, server, host }: AttachmentRow): Pick<Trouble, 'text' | 'ways'> {
  const holder = holderName(facts);
  if (facts.computeSide === null || server === null) {
    return {
      text: `Storage has a record of an attachment to ${holder}, and no server has the disk. Deleting the record frees the volume.`,
      ways: [{ action: 'attachment.delete', id }],
    };
  }
  const down = host !== null && !host.up ? `Compute host ${host.name} of server ${holder} is down. ` : '';
  return {
    text: `${down}Server ${holder} has the disk, and storage has not taken note of it. Completing the attachment makes the volume in-use; then it can also be detached.`,
    ways: [{ action: 'attachment.complete', id }],
  };
}

function hostsDown(attachments: readonly AttachmentRow[]): string {
  return attachments
    .flatMap(({ host, server }) =>
      host === null || host.up || server === null
        ? []
        : `Compute host ${host.name} of server ${nameOf(server)} is down, and nothing can detach the disk until it is back. `,
    )
    .join('');
}

function reserved({ facts, attachments }: VolumeDetail, late: boolean): Trouble | null {
  const name = nameOf(facts);
  const shelved = attachments.find(
    ({ server }) => server?.vmState === 'shelved_offloaded' || server?.vmState === 'shelved',
  );
  if (shelved?.server != null) {
    const server = nameOf(shelved.server);
    return {
      tone: 'info',
      title: `${name} is kept for ${server}, which is shelved`,
      text: 'That is as it should be: the volume is connected when the server is unshelved. Do not reset it meanwhile.',
      ways: [{ action: 'server.unshelve', id: shelved.server.id, name: server }],
    };
  }
  const [only] = attachments;
  if (!late) return null;
  return {
    tone: 'attention',
    title: `${name} is reserved for longer than usual`,
    ...(only === undefined
      ? {
          text: 'No attachment holds it. Resetting the status makes it available again.',
          ways: [{ action: 'volume.reset-status', id: facts.id }] as const,
        }
      : halfAttached(only)),
  };
}

function offered({ facts, transferId }: VolumeDetail): Trouble {
  return {
    tone: 'info',
    title: `${nameOf(facts)} is offered to another project`,
    text: 'Whoever knows the id of the transfer and its key can take it. Nothing else can be done with it until then.',
    ways: transferId === null ? resets(facts.id) : [{ action: 'volume.delete-transfer', id: facts.id }],
  };
}

function inMaintenance({ facts }: VolumeDetail): Trouble {
  return {
    tone: 'attention',
    title: `${nameOf(facts)} is in maintenance`,
    text: 'An operator, or a migration, keeps everybody from it. When that is over, resetting the status gives it back.',
    ways: resets(facts.id),
  };
}

function resets(id: string): Way[] {
  return [{ action: 'volume.reset-status', id }];
}

function failed({ facts }: VolumeDetail): Trouble {
  const { id, status } = facts;
  const title = `${nameOf(facts)} is in status ${status}`;
  switch (status) {
    case 'error_deleting':
      return {
        tone: 'error',
        title,
        text: 'Storage could not delete it; part of its data may be gone. Deleting by force tries once more, whatever its status.',
        ways: [{ action: 'volume.force-delete', id }, ...resets(id)],
      };
    case 'error_extending':
      return {
        tone: 'error',
        title,
        text: `Storage could not extend it. Its data are whole, and it counts as ${facts.sizeGib.toLocaleString()} GiB. When the cause is gone, resetting the status makes it usable again.`,
        ways: resets(id),
      };
    case 'error_backing-up':
      return {
        tone: 'error',
        title,
        text: 'A backup of it failed. Its own data are as they were; resetting the status makes it usable again.',
        ways: resets(id),
      };
    case 'error_restoring':
      return {
        tone: 'error',
        title,
        text: 'A backup could not be restored to it; its data are not whole. Delete it, or restore once more after resetting the status.',
        ways: [{ action: 'volume.delete', id }, ...resets(id)],
      };
    default:
      return {
        tone: 'error',
        title,
        text: 'What was done with it last has failed, and its data may not be whole. Delete it, or reset the status once the data are known to be good.',
        ways: [{ action: 'volume.delete', id }, ...resets(id)],
      };
  }
}
