/**
 * The compute side: services, hosts, flavors, images, servers.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
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
import { LOCK_HOLDERS, SERVER_STATUSES, TASK_STATES, VM_STATES } from '~/server/domain/server';
import { instant, nameText } from './columns';
import { projects } from './identity';

export const vmStateEnum = pgEnum('vm_state', VM_STATES);
export const taskStateEnum = pgEnum('task_state', TASK_STATES);
export const serverStatusEnum = pgEnum('server_status', SERVER_STATUSES);
export const lockHolderEnum = pgEnum('lock_holder', LOCK_HOLDERS);

/** Every service of the cloud that reports itself, of both sides: `nova-compute`, `cinder-volume` … */
export const services = pgTable(
  'services',
  {
    binary: text().notNull(),
    /** `host`, or `host@backend` for a volume service. */
    host: text().notNull(),
    zone: text().notNull(),
    enabled: boolean().notNull().default(true),
    up: boolean().notNull().default(true),
    frozen: boolean().notNull().default(false),
    disabledReason: text(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.binary, t.host] })],
);

/** Compute hosts: where servers run, and what their hypervisor can do. */
export const hosts = pgTable('hosts', {
  name: text().primaryKey(),
  hypervisorType: text().notNull(),
  up: boolean().notNull().default(true),
  enabled: boolean().notNull().default(true),
  zone: text().notNull().default('nova'),
  supportsMultiattach: boolean().notNull().default(true),
  supportsTagging: boolean().notNull().default(true),
  updatedAt: instant().notNull().defaultNow(),
});

export const flavors = pgTable(
  'flavors',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    vcpus: integer().notNull(),
    ramMib: integer().notNull(),
    diskGib: integer().notNull(),
    ephemeralGib: integer().notNull().default(0),
    swapMib: integer().notNull().default(0),
    public: boolean('is_public').notNull().default(true),
    disabled: boolean().notNull().default(false),
    description: text(),
    extraSpecs: jsonb().$type<Record<string, string>>().notNull().default({}),
  },
  (t) => [check('flavor_sizes', sql`${t.vcpus} > 0 and ${t.ramMib} > 0 and ${t.diskGib} >= 0`)],
);

/** Projects that may use a flavor although it is not public. */
export const flavorAccess = pgTable(
  'flavor_access',
  {
    flavorId: text()
      .notNull()
      .references(() => flavors.id, { onDelete: 'cascade' }),
    projectId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.flavorId, t.projectId] })],
);

export const images = pgTable(
  'images',
  {
    id: uuid().primaryKey(),
    name: nameText().notNull().default(''),
    /** Owning project; an image may outlive a project that is not known here. */
    owner: text(),
    status: text().notNull(),
    visibility: text({ enum: ['public', 'private', 'shared', 'community'] }).notNull(),
    diskFormat: text(),
    containerFormat: text(),
    minDiskGib: integer().notNull().default(0),
    minRamMib: integer().notNull().default(0),
    sizeBytes: bigint({ mode: 'number' }),
    protected: boolean('is_protected').notNull().default(false),
    /** All further properties, as Glance shows them. */
    properties: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    check('image_known_visibility', sql`${t.visibility} in ('public', 'private', 'shared', 'community')`),
  ],
);

/** The flavor as it was when the server was made; flavors change and go, servers keep theirs. */
export interface EmbeddedFlavor {
  name: string;
  vcpus: number;
  ramMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  extraSpecs: Record<string, string>;
}

export const servers = pgTable(
  'servers',
  {
    id: uuid().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    userId: text().notNull(),
    name: nameText().notNull(),
    description: text(),
    vmState: vmStateEnum().notNull(),
    taskState: taskStateEnum(),
    /** What clients see; derived from the two above by the domain whenever they are written. */
    status: serverStatusEnum().notNull(),
    powerState: integer().notNull().default(0),
    /** Compute host; null while unscheduled and after shelve-offload. */
    host: text(),
    availabilityZone: text().notNull().default('nova'),
    flavorId: text(),
    flavor: jsonb().$type<EmbeddedFlavor>().notNull(),
    /** null for a server booted from a volume. */
    imageId: uuid(),
    hostname: text(),
    rootDeviceName: text(),
    keyName: text(),
    configDrive: boolean().notNull().default(false),
    /** Servers made by one request share it; null for those that came another way. */
    reservationId: text(),
    /** Its place among them, from 0. */
    launchIndex: integer().notNull().default(0),
    /** Base64, as it was sent. */
    userData: text(),
    /** Addresses its owner says it answers at; empty for none. */
    accessIpv4: text().notNull().default(''),
    accessIpv6: text().notNull().default(''),
    diskConfig: text({ enum: ['AUTO', 'MANUAL'] })
      .notNull()
      .default('MANUAL'),
    lockedBy: lockHolderEnum(),
    lockedReason: text(),
    metadata: jsonb().$type<Record<string, string>>().notNull().default({}),
    tags: jsonb().$type<string[]>().notNull().default([]),
    fault: jsonb().$type<{ code: number; message: string; created: string; details?: string }>(),
    /** What a revert, unshelve or restore goes back to. */
    former: jsonb().$type<{
      vmState: string;
      flavorId: string | null;
      flavor: EmbeddedFlavor;
      host?: string;
    }>(),
    launchedAt: instant(),
    terminatedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    /** When status last changed; what the console shows as its age. */
    statusSince: instant().notNull().defaultNow(),
    deletedAt: instant(),
  },
  (t) => [
    check('server_lock_reason', sql`${t.lockedReason} is null or ${t.lockedBy} is not null`),
    foreignKey({ columns: [t.host], foreignColumns: [hosts.name] }),
    index('servers_project_created').on(t.projectId, t.createdAt, t.id),
    index('servers_created').on(t.createdAt, t.id),
    index('servers_project_name').on(t.projectId, t.name, t.id),
    index('servers_name').on(t.name, t.id),
    index('servers_project_status').on(t.projectId, t.status, t.createdAt, t.id),
    index('servers_status').on(t.status, t.createdAt, t.id),
    index('servers_host').on(t.host),
    index('servers_project_host').on(t.projectId, t.host).where(sql`${t.deletedAt} is null`),
    index('servers_reservation').on(t.reservationId).where(sql`${t.reservationId} is not null`),
    index('servers_name_trgm').using('gin', sql`${t.name} gin_trgm_ops`),
    unique('server_of_project').on(t.id, t.projectId),
  ],
);
