/**
 * What most verbs on an attachment ask of it. Each function makes one rule; a verb says where its own behaviour comes
 * from.
 */
import { migrationTargetObjection } from '../attach-volume-refusals';
import type { AttachMode } from '../attachment';
import type { Ask, Rule } from '../engine/verb';
import {
  type AttachmentRecord,
  type OperationRecord,
  rowOf,
  type VolumeRecord,
  type World,
} from '../engine/world';
import type { RefusalCode } from '../refusal';
import { isErrorStatus, migrationSource } from '../volume';
import { advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { connectorOf } from './connector-input';

type Named = Pick<Ask<object>, 'world' | 'id'>;

/** @returns the attachment a verb is asked for */
export function attachmentOf({ world, id }: Named): AttachmentRecord {
  return rowOf(world, 'attachment', id);
}

/** @returns the volume of the attachment a verb is asked for */
export function volumeOfAttachment(ask: Named): VolumeRecord {
  return rowOf(ask.world, 'volume', attachmentOf(ask).volumeId);
}

/** @returns who has it, in a sentence */
export function holderName(world: World, { instanceId, attachedHost }: AttachmentRecord): string {
  if (instanceId === null) return attachedHost === null ? 'nobody in particular' : `host ${attachedHost}`;
  const server = world.server.get(instanceId);
  return `server ${server?.name ?? instanceId}`;
}

/** @returns whether the operation ends the attachment's state, is about it, or makes it on the way */
export function isWorkOn({ owns, subject, carry }: OperationRecord, attachmentId: string): boolean {
  return owns === attachmentId || subject.attachmentId === attachmentId || carry.to === attachmentId;
}

/** @returns the operation that is at work on the attachment */
export function workOn(world: World, attachmentId: string): OperationRecord | null {
  return [...world.operation.values()].find((each) => isWorkOn(each, attachmentId)) ?? null;
}

/** Two operations on one attachment would undo each other; upstream lets them. */
export function idleRule(
  doing: string,
  { attachments = (ask: Named) => [ask.id] }: { attachments?: (ask: Ask<object>) => readonly string[] } = {},
): Rule<object> {
  return {
    id: 'in-progress',
    code: 'conflict',
    source: 'what is in progress has one owner; upstream serialises these calls on the volume service',
    test: (ask) => {
      const hidden = attachments(ask)
        .map((id) => ask.world.volume.get(ask.world.attachment.get(id)?.volumeId ?? ''))
        .find((volume) => volume !== undefined && migrationSource(volume.migrationStatus) !== null);
      if (hidden !== undefined)
        return {
          message: `Volume ${hidden.name} receives the data of a volume that is migrated; its attachments are the migration's, and ${doing} has to wait for its end.`,
          remedy: advice('Wait until the migration has ended, then try again.'),
        };
      const work = attachments(ask)
        .map((id) => workOn(ask.world, id))
        .find((each) => each !== null);
      if (work === undefined || work === null) return null;
      return {
        message: `Operation ${work.id} (${work.action}) is still at work on the attachment; ${doing} has to wait for its end.`,
        remedy: advice('Wait until that operation has ended, then try again.'),
      };
    },
  };
}

/** The Block Storage API knows nothing of a disk that only the compute side has. */
export function knownToStorageRule(source: string): Rule<object> {
  return {
    id: 'storage-side-missing',
    code: 'not_found',
    source,
    test: (ask) => {
      const attachment = attachmentOf(ask);
      if (attachment.attachStatus !== null) return null;
      return {
        message: `Storage does not know attachment ${attachment.id}; only the compute side has it.`,
        remedy: detachRemedy(ask, volumeOfAttachment(ask), attachment),
      };
    },
  };
}

/** The Compute API knows nothing of an attachment that no server has as a disk. */
export function knownToComputeRule(source: string): Rule<object> {
  return {
    id: 'compute-side-missing',
    code: 'not_found',
    source,
    test: (ask) => {
      const attachment = attachmentOf(ask);
      if (attachment.serverId !== null) return null;
      return {
        message: `Attachment ${attachment.id} is no disk of a server here; only storage knows it.`,
        remedy: advice('Attach the volume to the server first.'),
      };
    },
  };
}

/** Cinder looks for `error` anywhere in the status. */
export function noErrorRule(
  volume: (ask: Ask<object>) => VolumeRecord,
  { doing, code, source }: { doing: string; code: RefusalCode; source: string },
): Rule<object> {
  return {
    id: 'volume-in-error',
    code,
    source,
    test: (ask) => {
      const about = volume(ask);
      if (!isErrorStatus(about.status)) return null;
      return {
        message: `Volume ${about.name} is ${about.status}; ${doing} needs a volume without an error.`,
        remedy: statusRemedy(ask, about),
      };
    },
  };
}

/** A volume that is asked for is not what another is being copied to. */
export const migrationTargetRule: Rule<object> = {
  id: 'migration-target',
  code: 'invalid',
  source: 'stricter than cinder, whose hidden volumes anybody may attach who knows their id',
  test: (ask) => migrationTargetObjection(rowOf(ask.world, 'volume', ask.id)),
};

interface Connecting {
  connector?: Parameters<typeof connectorOf>[0];
}

/** Upstream fails over it with an internal error. */
export const connectorHostRule: Rule<Connecting> = {
  id: 'connector-without-host',
  code: 'invalid',
  source: 'cinder api/v3/attachments.py, update: the lock is named after connector.host',
  needs: ['connector'],
  test: ({ input }) => {
    const connector = connectorOf(input.connector);
    if (connector === null || connector.host !== null) return null;
    return {
      message: 'The connector names no host; storage needs to know which host will connect.',
      remedy: advice('Give the connector with its host, as os-brick makes it.'),
    };
  },
};

/** Field of the verbs that take a mode. */
export const MODE_FIELD = {
  kind: 'choice',
  label: 'Mode',
  options: ['rw', 'ro'],
  words: { rw: 'Read and write', ro: 'Read only' },
  optional: true,
} as const satisfies { options: readonly AttachMode[]; [key: string]: unknown };
