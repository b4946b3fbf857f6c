/**
 * Puts the two sides of each attachment together: what Cinder lists, and what Nova lists for each server.
 */
import { deterministicUuid } from '~/db/import/deterministic-uuid';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import { type Inventory, sourceOf } from '~/db/import/inventory';
import { label } from '~/db/import/rows/volume';
import type { Breach } from '~/db/import/rules';

type ListedInVolume = DocumentOf<'volume'>['attachments'][number];

export interface StorageSide {
  status: string;
  instanceId: string | null;
  mode: string | null;
  attachedAt: Date | null;
  detachedAt: Date | null;
  connectionInfo: Record<string, unknown>;
}

export interface ComputeSide {
  bdmId: string;
  serverId: string;
  device: string | null;
  tag: string | null;
  deleteOnTermination: boolean;
}

/** An attachment to be: at least one of its sides is there. */
export interface Draft {
  id: string;
  volumeId: string;
  storage: StorageSide | null;
  compute: ComputeSide | null;
  /** What the volume's own list adds: host and mountpoint. */
  listed: ListedInVolume | null;
  /** Its other side names another volume or server, and is a draft of its own. */
  split: boolean;
  from: string[];
}

interface StorageRecord {
  id: string;
  volumeId: string;
  side: StorageSide;
  from: string[];
}

interface ComputeRecord {
  attachmentId: string | null;
  volumeId: string;
  side: ComputeSide;
  from: string[];
}

/** @returns every attachment of the inventory once, and what its sides had to say against each other */
export function joinAttachments(inventory: Inventory): { drafts: Draft[]; breaches: Breach[] } {
  const breaches: Breach[] = [];
  const listed = new Map(
    inventory.of.volume.flatMap((each) =>
      each.value.attachments.map((entry) => [entry.attachment_id, entry]),
    ),
  );
  const storage = storageRecords(inventory, breaches);
  const compute = computeRecords(inventory);
  const drafts: Draft[] = [];
  const unmatched = new Map(storage.map((record) => [record.id, record]));
  const ofPair = new Map(storage.map((record) => [pairOf(record.volumeId, record.side.instanceId), record]));
  const add = (id: string, part: Omit<Draft, 'id' | 'listed'>) =>
    drafts.push({ id, listed: part.storage === null ? null : (listed.get(id) ?? null), ...part });

  for (const record of compute) {
    const { volumeId, side } = record;
    const match = matching(record, unmatched, ofPair);
    if (match === null) {
      const id = record.attachmentId ?? side.bdmId;
      add(id, { volumeId, storage: null, compute: side, split: false, from: record.from });
      continue;
    }
    unmatched.delete(match.id);
    if (match.volumeId === volumeId && match.side.instanceId === side.serverId) {
      const from = [...match.from, ...record.from];
      add(match.id, { volumeId, storage: match.side, compute: side, split: false, from });
      continue;
    }
    breaches.push({
      rule: 'attachment.sides-disagree',
      kind: 'attachment',
      objectId: match.id,
      volumeId: match.volumeId,
      instanceId: side.serverId,
      message: `Attachment ${match.id} is of volume ${match.volumeId} and instance ${match.side.instanceId ?? 'none'} to the storage side, of volume ${volumeId} and server ${side.serverId} to the compute side.`,
    });
    add(match.id, {
      volumeId: match.volumeId,
      storage: match.side,
      compute: null,
      split: true,
      from: match.from,
    });
    add(side.bdmId, { volumeId, storage: null, compute: side, split: true, from: record.from });
  }
  for (const { id, volumeId, side, from } of unmatched.values()) {
    add(id, { volumeId, storage: side, compute: null, split: false, from });
  }
  return { drafts, breaches };
}

/** By id where the microversion shows it, else by volume and server. */
function matching(
  record: ComputeRecord,
  unmatched: ReadonlyMap<string, StorageRecord>,
  ofPair: ReadonlyMap<string, StorageRecord>,
): StorageRecord | null {
  const id = record.attachmentId ?? ofPair.get(pairOf(record.volumeId, record.side.serverId))?.id;
  return (id === undefined ? undefined : unmatched.get(id)) ?? null;
}

function pairOf(volumeId: string, instanceId: string | null): string {
  return `${volumeId}/${instanceId}`;
}

function storageRecords(inventory: Inventory, breaches: Breach[]): StorageRecord[] {
  const records = inventory.of.attachment.map((document): StorageRecord => {
    const { value: attachment } = document;
    return {
      id: attachment.id,
      volumeId: attachment.volume_id,
      side: {
        status: attachment.status,
        instanceId: attachment.instance,
        mode: attachment.attach_mode,
        attachedAt: attachment.attached_at,
        detachedAt: attachment.detached_at,
        connectionInfo: attachment.connection_info,
      },
      from: [sourceOf(document)],
    };
  });
  const ids = new Set(records.map((record) => record.id));
  for (const document of inventory.of.volume) {
    for (const entry of document.value.attachments) {
      if (ids.has(entry.attachment_id)) continue;
      breaches.push({
        rule: 'attachment.only-in-volume',
        kind: 'attachment',
        objectId: entry.attachment_id,
        volumeId: document.id,
        ...(entry.server_id === null ? {} : { instanceId: entry.server_id }),
        message: `Volume ${label(document.value)} lists attachment ${entry.attachment_id}, which is not among the attachments.`,
      });
      records.push(fromVolume(document.id, entry, sourceOf(document)));
    }
  }
  return records;
}

/** A volume's own list shows attached ones only. */
function fromVolume(volumeId: string, entry: ListedInVolume, from: string): StorageRecord {
  return {
    id: entry.attachment_id,
    volumeId,
    side: {
      status: 'attached',
      instanceId: entry.server_id,
      mode: null,
      attachedAt: entry.attached_at,
      detachedAt: null,
      connectionInfo: {},
    },
    from: [from],
  };
}

/** Where nobody asked a server for its attachments, its own list of volumes has to do. */
function computeRecords(inventory: Inventory): ComputeRecord[] {
  const asked = inventory.of['server-volume'].map((document): ComputeRecord => {
    const { value } = document;
    return {
      attachmentId: value.attachment_id,
      volumeId: value.volumeId,
      side: {
        bdmId: value.bdm_uuid ?? deterministicUuid('bdm', value.serverId, value.volumeId),
        serverId: value.serverId,
        device: value.device || null,
        tag: value.tag,
        deleteOnTermination: value.delete_on_termination,
      },
      from: [sourceOf(document)],
    };
  });
  const listed = inventory.of.server
    .filter((document) => !inventory.askedForVolumes.has(document.id))
    .flatMap((document) =>
      document.value['os-extended-volumes:volumes_attached'].map(
        (each): ComputeRecord => ({
          attachmentId: null,
          volumeId: each.id,
          side: {
            bdmId: deterministicUuid('bdm', document.id, each.id),
            serverId: document.id,
            device: null,
            tag: null,
            deleteOnTermination: each.delete_on_termination,
          },
          from: [sourceOf(document)],
        }),
      ),
    );
  return [...asked, ...listed];
}
