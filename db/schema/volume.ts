/**
 * The storage side: volume types, pools, volumes, snapshots.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { CONTROL_LOCATIONS } from '~/server/domain/encryption';
import { QOS_CONSUMERS } from '~/server/domain/qos';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import {
  MIGRATION_STATUSES,
  type MigrationStatus,
  VOLUME_ATTACH_STATUSES,
  VOLUME_STATUSES,
} from '~/server/domain/volume';
import { instant, nameText } from './columns';
import { projects } from './identity';

export const volumeStatusEnum = pgEnum('volume_status', VOLUME_STATUSES);
export const volumeAttachStatusEnum = pgEnum('volume_attach_status', VOLUME_ATTACH_STATUSES);

/** How fast storage is, by limits that hosts, storage or both keep to; types of volumes refer to it. */
export const qosSpecs = pgTable(
  'qos_specs',
  {
    id: uuid().primaryKey(),
    name: text().notNull().unique(),
    consumer: text({ enum: QOS_CONSUMERS }).notNull(),
    specs: jsonb().$type<Record<string, string>>().notNull().default({}),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [check('qos_specs_known_consumer', sql`${t.consumer} in ('front-end', 'back-end', 'both')`)],
);

export const volumeTypes = pgTable('volume_types', {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  description: text(),
  public: boolean('is_public').notNull().default(true),
  extraSpecs: jsonb().$type<Record<string, string>>().notNull().default({}),
  /** What is in use cannot go. */
  qosSpecsId: uuid().references(() => qosSpecs.id),
  createdAt: instant().notNull().defaultNow(),
});

/** Projects that may use a type which is not public. */
export const volumeTypeAccess = pgTable(
  'volume_type_access',
  {
    volumeTypeId: uuid()
      .notNull()
      .references(() => volumeTypes.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.volumeTypeId, t.projectId] }), index().on(t.projectId)],
);

/** How volumes of a type are encrypted. Keys are kept elsewhere. */
export const volumeTypeEncryptions = pgTable(
  'volume_type_encryptions',
  {
    id: uuid().primaryKey(),
    volumeTypeId: uuid()
      .notNull()
      .unique()
      .references(() => volumeTypes.id, { onDelete: 'cascade' }),
    provider: text().notNull(),
    controlLocation: text({ enum: CONTROL_LOCATIONS }).notNull(),
    cipher: text(),
    /** Bits. */
    keySize: integer(),
    createdAt: instant().notNull().defaultNow(),
    /** null as long as nothing has changed. */
    updatedAt: instant(),
  },
  (t) => [
    check('encryption_known_location', sql`${t.controlLocation} in ('front-end', 'back-end')`),
    check('encryption_key_size', sql`${t.keySize} >= 0`),
  ],
);

/** Storage pools, named `host@backend#pool`. */
export const pools = pgTable('pools', {
  name: text().primaryKey(),
  totalGib: integer(),
  freeGib: integer(),
  /** As the scheduler sees them: capacities, protocol, multiattach, thin provisioning … */
  capabilities: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  updatedAt: instant().notNull().defaultNow(),
});

/** The literals of a domain union as a list for a CHECK. */
function quoted(values: readonly string[]) {
  return sql.raw(values.map((value) => `'${value}'`).join(', '));
}

export const volumes = pgTable(
  'volumes',
  {
    id: uuid().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    userId: text().notNull(),
    name: nameText().notNull().default(''),
    description: text(),
    sizeGib: integer().notNull(),
    status: volumeStatusEnum().notNull(),
    attachStatus: volumeAttachStatusEnum().notNull().default('detached'),
    migrationStatus: text().$type<MigrationStatus>(),
    previousStatus: volumeStatusEnum(),
    multiattach: boolean().notNull().default(false),
    bootable: boolean().notNull().default(false),
    encrypted: boolean().notNull().default(false),
    readonly: boolean().notNull().default(false),
    /** Whether anybody has ever said so or the opposite: the API shows `readonly` only then. */
    readonlyTold: boolean().notNull().default(false),
    /** null once its type is gone, which only happens to what is gone itself. */
    volumeTypeId: uuid().references(() => volumeTypes.id, { onDelete: 'set null' }),
    availabilityZone: text().notNull().default('nova'),
    /** Pool `host@backend#pool`; null before scheduling. */
    pool: text(),
    snapshotId: uuid(),
    sourceVolumeId: uuid(),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** null when the volume was not made from an image. */
    imageMetadata: jsonb().$type<Record<string, string>>(),
    replicationStatus: text(),
    groupId: uuid(),
    providerId: text(),
    serviceId: uuid(),
    clusterName: text(),
    /** The volume whose data this one holds, after a migration; null when its own. */
    nameId: uuid(),
    sharedTargets: boolean(),
    encryptionKeyId: uuid(),
    consumesQuota: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    /** When status last changed; what the console shows as its age. */
    statusSince: instant().notNull().defaultNow(),
    deletedAt: instant(),
    /** True, or null once it is deleted: lets an attachment refer to a volume that is there. */
    live: boolean().generatedAlwaysAs(sql`case when deleted_at is null then true end`),
  },
  (t) => [
    check('volume_size_positive', sql`${t.sizeGib} > 0`),
    check('volume_has_type', sql`${t.volumeTypeId} is not null or ${t.deletedAt} is not null`),
    check(
      'volume_known_migration_status',
      sql`${t.migrationStatus} in (${quoted(MIGRATION_STATUSES)}) or ${t.migrationStatus} like 'target:%'`,
    ),
    check('volume_deleted_is_detached', sql`${t.deletedAt} is null or ${t.attachStatus} = 'detached'`),
    // Lets an attachment carry the flag, so that its exclusion constraint always knows it (attachment.ts).
    unique('volume_with_multiattach').on(t.id, t.multiattach),
    // And refuses to delete a volume that has one (attachment.ts).
    unique('volume_with_live').on(t.id, t.live),
    // Of those that are there: lists and counts then need not look at the rows themselves.
    index('volumes_project_created').on(t.projectId, t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_created').on(t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_project_status')
      .on(t.projectId, t.status, t.createdAt, t.id)
      .where(sql`${t.deletedAt} is null`),
    index('volumes_status').on(t.status, t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_project_name').on(t.projectId, t.name, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_name').on(t.name, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_project_size').on(t.projectId, t.sizeGib, t.id).where(sql`${t.deletedAt} is null`),
    index('volumes_size').on(t.sizeGib, t.id).where(sql`${t.deletedAt} is null`),
    // All that quotas and sums are counted from.
    index('volumes_usage')
      .on(t.projectId, t.consumesQuota, t.volumeTypeId, t.sizeGib)
      .where(sql`${t.deletedAt} is null`),
    index('volumes_type').on(t.volumeTypeId),
    index('volumes_pool').on(t.pool),
    index('volumes_name_trgm').using('gin', sql`${t.name} gin_trgm_ops`),
  ],
);

export const snapshotStatusEnum = pgEnum('snapshot_status', SNAPSHOT_STATUSES);

export const snapshots = pgTable(
  'snapshots',
  {
    id: uuid().primaryKey(),
    volumeId: uuid()
      .notNull()
      .references(() => volumes.id),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    userId: text(),
    name: nameText().notNull().default(''),
    description: text(),
    sizeGib: integer().notNull(),
    status: snapshotStatusEnum().notNull(),
    /** Percent, 0 to 100. */
    progress: integer().notNull().default(0),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    consumesQuota: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    /** When status last changed; what the console shows as its age. */
    statusSince: instant().notNull().defaultNow(),
    deletedAt: instant(),
  },
  (t) => [
    check('snapshot_size_positive', sql`${t.sizeGib} > 0`),
    check('snapshot_progress_percent', sql`${t.progress} between 0 and 100`),
    index('snapshots_volume').on(t.volumeId),
    index('snapshots_project_created').on(t.projectId, t.createdAt, t.id),
    index('snapshots_created').on(t.createdAt, t.id),
    index('snapshots_project_status').on(t.projectId, t.status, t.createdAt, t.id),
    index('snapshots_status').on(t.status, t.createdAt, t.id),
    index('snapshots_project_name').on(t.projectId, t.name, t.id),
    index('snapshots_name').on(t.name, t.id),
    index('snapshots_project_size').on(t.projectId, t.sizeGib, t.id),
    index('snapshots_size').on(t.sizeGib, t.id),
    index('snapshots_name_trgm').using('gin', sql`${t.name} gin_trgm_ops`),
  ],
);

/** Volumes that are offered to whoever knows the key; the row goes when somebody takes the volume, or it is withdrawn. */
export const volumeTransfers = pgTable('volume_transfers', {
  id: uuid().primaryKey(),
  volumeId: uuid()
    .notNull()
    .unique()
    .references(() => volumes.id),
  name: text(),
  /** Of the key, with our secret: nobody who reads it can take the volume. */
  keyHash: text().notNull(),
  /** Whether it was asked to leave snapshots behind, of which there were none then. */
  noSnapshots: boolean().notNull().default(false),
  createdAt: instant().notNull().defaultNow(),
});
