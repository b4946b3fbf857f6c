/**
 * Volume types, pools, volumes, snapshots: rows from what Cinder says. What attachments say of a volume comes later.
 */
import { deterministicUuid } from '~/db/import/deterministic-uuid';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import type { Inventory } from '~/db/import/inventory';
import { sourceOf } from '~/db/import/inventory';
import type { Known } from '~/db/import/load/known';
import type { Breach } from '~/db/import/rules';
import type { pools, snapshots, volumes, volumeTypes } from '~/db/schema/volume';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import {
  MIGRATION_STATUSES,
  type MigrationStatus,
  VOLUME_STATUSES,
  type VolumeStatus,
} from '~/server/domain/volume';
import { freeName } from './free-name';
import type { Converted, Made } from './row';

type Volume = DocumentOf<'volume'>;

export function poolRows(inventory: Inventory): Made<typeof pools.$inferInsert>[] {
  return inventory.of.pool.map((document) => ({
    row: {
      name: document.value.name,
      totalGib: gib(document.value.capabilities.total_capacity_gb),
      freeGib: gib(document.value.capabilities.free_capacity_gb),
      capabilities: document.value.capabilities,
    },
    from: [sourceOf(document)],
  }));
}

/** A capacity in GiB; null where the backend says `unknown` or `infinite`. */
function gib(capacity: unknown): number | null {
  const amount = Number(capacity);
  return capacity === null || !Number.isFinite(amount) ? null : Math.floor(amount);
}

const PLACEHOLDER_TYPE = 'unknown-type';

export function volumeTypeRows(
  inventory: Inventory,
  known: Known,
): Converted<typeof volumeTypes.$inferInsert> {
  const taken = new Map(known.volumeTypes);
  const breaches: Breach[] = [];
  const rows: Made<typeof volumeTypes.$inferInsert>[] = inventory.of['volume-type'].map((document) => {
    const { id, name, description, is_public, extra_specs, qos_specs_id } = document.value;
    const chosen = freeName(taken, id, name);
    if (chosen !== name) {
      breaches.push({
        rule: 'volume-type.name-taken',
        kind: 'volume-type',
        objectId: id,
        message: `The name ${name} is taken by another volume type; this one is called ${chosen} here.`,
      });
    }
    if (qos_specs_id !== null) {
      breaches.push({
        rule: 'volume-type.qos-left-out',
        kind: 'volume-type',
        objectId: id,
        message: `Volume type ${name} has QoS specs ${qos_specs_id}; here it has none until it is given some.`,
      });
    }
    return {
      row: { id, name: chosen, description, public: is_public, extraSpecs: extra_specs },
      from: [sourceOf(document)],
    };
  });
  for (const { value: volume } of inventory.of.volume) {
    const id = volumeTypeId(volume, inventory);
    if (inventory.of['volume-type'].some((each) => each.id === id) || isSound(known.volumeTypes, id))
      continue;
    const name = freeName(taken, id, `${PLACEHOLDER_TYPE} ${volume.volume_type ?? id}`);
    if (!rows.some(({ row }) => row.id === id)) rows.push({ row: { id, name, public: false }, from: [] });
    breaches.push({
      rule: 'volume.type-unknown',
      kind: 'volume',
      objectId: volume.id,
      volumeId: volume.id,
      message: `Volume ${label(volume)} is of type ${volume.volume_type ?? id}, which is not among the volume types.`,
    });
  }
  return { rows, breaches };
}

function isSound(names: Map<string, string>, id: string): boolean {
  return !(names.get(id) ?? PLACEHOLDER_TYPE).startsWith(PLACEHOLDER_TYPE);
}

/** By id, from 3.63 on; else by name. A volume without a type gets the placeholder of that name. */
function volumeTypeId(volume: Volume, inventory: Inventory): string {
  const named = inventory.of['volume-type'].find((each) => each.value.name === volume.volume_type);
  return volume.volume_type_id ?? named?.id ?? deterministicUuid('volume-type', volume.volume_type ?? 'none');
}

/** @returns the volume's name, or its id where it has none */
export function label(volume: Pick<Volume, 'id' | 'name'>): string {
  return volume.name || volume.id;
}

/** Kept in a table of its own upstream, shown among the metadata; here `readonly` is a column. */
const ADMIN_METADATA = ['readonly', 'attached_mode'];

/** Without `attach_status`: that is what the attachments say (attach-status.ts). */
export function volumeRows(
  inventory: Inventory,
): Converted<Omit<typeof volumes.$inferInsert, 'attachStatus'>> {
  const breaches: Breach[] = [];
  const rows = inventory.of.volume.map((document) => {
    const { value: volume } = document;
    const about = { kind: 'volume', objectId: volume.id, volumeId: volume.id };
    const status = VOLUME_STATUSES.find((each) => each === volume.status);
    if (status === undefined) {
      const message = `Volume ${label(volume)} is ${volume.status}.`;
      breaches.push({ ...about, rule: 'volume.status-unknown', message });
    }
    const migration = migrationStatus(volume);
    if (migration.unknown) {
      const message = `Volume ${label(volume)} has migration status ${volume.migration_status}.`;
      breaches.push({ ...about, rule: 'volume.migration-unknown', message });
    }
    if (volume.size === 0) {
      breaches.push({ ...about, rule: 'volume.no-size', message: `Volume ${label(volume)} has no size.` });
    }
    const since = volume.updated_at ?? volume.created_at;
    return {
      row: {
        id: volume.id,
        projectId: volume['os-vol-tenant-attr:tenant_id'],
        userId: volume.user_id,
        name: volume.name ?? '',
        description: volume.description,
        sizeGib: Math.max(volume.size, 1),
        status: status ?? ('error' satisfies VolumeStatus),
        migrationStatus: migration.status,
        multiattach: volume.multiattach,
        bootable: volume.bootable,
        encrypted: volume.encrypted,
        encryptionKeyId: volume.encryption_key_id,
        readonly: volume.metadata.readonly === 'True',
        readonlyTold: volume.metadata.readonly !== undefined,
        volumeTypeId: volumeTypeId(volume, inventory),
        availabilityZone: volume.availability_zone ?? 'nova',
        pool: volume['os-vol-host-attr:host'],
        snapshotId: volume.snapshot_id,
        sourceVolumeId: volume.source_volid,
        metadata: Object.fromEntries(
          Object.entries(volume.metadata).filter(([key]) => !ADMIN_METADATA.includes(key)),
        ),
        imageMetadata: volume.volume_image_metadata ?? null,
        replicationStatus: volume.replication_status,
        groupId: volume.group_id,
        providerId: volume.provider_id,
        serviceId: volume.service_uuid,
        clusterName: volume.cluster_name,
        nameId: volume['os-vol-mig-status-attr:name_id'],
        sharedTargets: volume.shared_targets ?? null,
        consumesQuota: volume.consumes_quota,
        createdAt: volume.created_at,
        updatedAt: since,
        statusSince: since,
      },
      from: [sourceOf(document)],
    };
  });
  return { rows, breaches };
}

function migrationStatus(volume: Volume): { status: MigrationStatus | null; unknown: boolean } {
  const text = volume['os-vol-mig-status-attr:migstat'] ?? volume.migration_status;
  if (text === null || text === '' || text === 'none') return { status: null, unknown: false };
  const status = MIGRATION_STATUSES.find((each) => each === text);
  if (status !== undefined) return { status, unknown: false };
  if (text.startsWith('target:')) return { status: text as `target:${string}`, unknown: false };
  // `migrating` lets nobody detach before a person has looked.
  return { status: 'migrating', unknown: true };
}

/** @param volumeIds volumes that have a row */
export function snapshotRows(
  inventory: Inventory,
  volumeIds: ReadonlySet<string>,
): Converted<typeof snapshots.$inferInsert> {
  const rows: Made<typeof snapshots.$inferInsert>[] = [];
  const breaches: Breach[] = [];
  for (const document of inventory.of.snapshot) {
    const { value: snapshot } = document;
    const about = { kind: 'snapshot', objectId: snapshot.id, volumeId: snapshot.volume_id };
    const name = label(snapshot);
    if (!volumeIds.has(snapshot.volume_id)) {
      const message = `Snapshot ${name} is of volume ${snapshot.volume_id}, which is not here.`;
      breaches.push({ ...about, rule: 'snapshot.volume-unknown', message });
      continue;
    }
    const status = SNAPSHOT_STATUSES.find((each) => each === snapshot.status);
    if (status === undefined || status.startsWith('error')) {
      breaches.push({
        ...about,
        rule: status === undefined ? 'snapshot.status-unknown' : 'snapshot.in-error',
        message: `Snapshot ${name} is ${snapshot.status}.`,
      });
    }
    rows.push({
      row: {
        id: snapshot.id,
        volumeId: snapshot.volume_id,
        projectId: snapshot['os-extended-snapshot-attributes:project_id'],
        userId: snapshot.user_id,
        name: snapshot.name ?? '',
        description: snapshot.description,
        sizeGib: Math.max(snapshot.size, 1),
        status: status ?? 'error',
        progress: percent(snapshot['os-extended-snapshot-attributes:progress']),
        metadata: snapshot.metadata,
        consumesQuota: snapshot.consumes_quota,
        createdAt: snapshot.created_at,
        updatedAt: snapshot.updated_at ?? snapshot.created_at,
        statusSince: snapshot.updated_at ?? snapshot.created_at,
        deletedAt: null,
      },
      from: [sourceOf(document)],
    });
  }
  return { rows, breaches };
}

function percent(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : Math.min(Math.max(number, 0), 100);
}
