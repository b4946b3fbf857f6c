/**
 * What reads give back: one shape a noun, for lists and for details. Times are ISO 8601 in UTC. Each row carries the
 * facts of its object, so that the reader can ask the rules about it without another round trip.
 */
import type { ActionName } from '~/server/domain/action';
import type { AttachmentFacts, AttachStatus } from '~/server/domain/attachment';
import type { Holder } from '~/server/domain/detach-volume';
import type { FailureCause, OperationOutcome, OperationPhase, StepResult } from '~/server/domain/operation';
import type { Refusal } from '~/server/domain/refusal';
import type { HostFacts, ServerFacts, ServerStatus } from '~/server/domain/server';
import type { VolumeFacts } from '~/server/domain/volume';

/** A page of a list, cut by key and not by number: a deep page costs what the first one costs. */
export interface Page<Row> {
  rows: Row[];
  /** Cursor of the page after this one; null on the last. */
  next: string | null;
  /** Cursor of the page before this one; null on the first. */
  previous: string | null;
  /** Rows that match; `capped` says that there are more than were counted. */
  total: { count: number; capped: boolean };
}

export interface ServerRow {
  id: string;
  facts: ServerFacts;
  host: HostFacts | null;
  status: ServerStatus;
  statusSince: string;
  projectName: string;
  flavorName: string;
  attachmentCount: number;
  createdAt: string;
}

export interface VolumeRow {
  id: string;
  facts: VolumeFacts;
  /** Live attachments, oldest first. */
  attachments: AttachmentFacts[];
  /** The servers that have it, as far as the caller may see them. */
  holders: Holder[];
  statusSince: string;
  projectName: string;
  typeName: string;
  pool: string | null;
  createdAt: string;
}

export interface AttachmentRow {
  id: string;
  facts: AttachmentFacts;
  volume: VolumeFacts;
  /** All live attachments of the volume, this one included. */
  volumeAttachments: AttachmentFacts[];
  /** null when no server here is the one that the storage side names. */
  server: ServerFacts | null;
  host: HostFacts | null;
  attachStatus: AttachStatus | null;
  statusSince: string;
  tag: string | null;
  attachedAt: string | null;
  projectName: string;
  createdAt: string;
  /** Why this attachment is exempt from the rules; null for a sound one. */
  quarantine: string | null;
  /** What is wrong with it, in sentences: found when it was imported. */
  findings: string[];
}

export interface ServerDetail extends ServerRow {
  description: string | null;
  userId: string;
  flavor: { name: string; vcpus: number; ramMib: number; diskGib: number };
  image: { id: string; name: string } | null;
  keyName: string | null;
  lockedReason: string | null;
  metadata: Record<string, string>;
  tags: string[];
  fault: { code: number; message: string; created: string } | null;
  launchedAt: string | null;
  attachments: AttachmentRow[];
}

export interface VolumeDetail extends Omit<VolumeRow, 'attachments'> {
  description: string | null;
  userId: string;
  encrypted: boolean;
  metadata: Record<string, string>;
  snapshotCount: number;
  /** The offer to another project; null while there is none, or for whom may not see it. */
  transferId: string | null;
  attachments: AttachmentRow[];
}

export interface OperationRow {
  id: string;
  requestId: string;
  /** One of ours, or the name an imported cloud gave it. */
  action: ActionName | (string & {});
  userName: string;
  projectName: string;
  serverId: string | null;
  serverName: string | null;
  volumeId: string | null;
  volumeName: string | null;
  attachmentId: string | null;
  snapshotId: string | null;
  volumeTypeId: string | null;
  imageId: string | null;
  /** `binary@host`. */
  serviceId: string | null;
  phase: OperationPhase | null;
  outcome: OperationOutcome;
  reason: string | null;
  /** null unless it has failed, or goes back. */
  cause: FailureCause | null;
  startedAt: string;
  endedAt: string | null;
}

export interface OperationDetail extends OperationRow {
  input: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown> | null;
  steps: { at: string; phase: OperationPhase; result: StepResult; message: string }[];
}

/** A possible partner in an attach: the other side, with what speaks against this pair. */
export interface Candidate<Row> {
  row: Row;
  refusals: Refusal[];
}
