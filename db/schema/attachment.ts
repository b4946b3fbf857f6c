/**
 * One record an attachment, with both its sides, and the constraints that keep two servers off one disk.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { ATTACH_MODES, ATTACH_STATUSES } from '~/server/domain/attachment';
import { instant } from './columns';
import { servers } from './compute';
import { volumes } from './volume';

export const attachStatusEnum = pgEnum('attach_status', ATTACH_STATUSES);
export const attachModeEnum = pgEnum('attach_mode', ATTACH_MODES);

export const attachments = pgTable(
  'attachments',
  {
    id: uuid().primaryKey(),
    volumeId: uuid().notNull(),
    /** Always the volume's flag: the foreign key below carries every change of it here. */
    multiattach: boolean().notNull(),
    /** Always that of the volume, put here by triggers: lists of one project are read in their order, without a join. */
    projectId: text(),

    // The storage side. Absent (attach_status null) when only the compute side knows the attachment.
    attachStatus: attachStatusEnum(),
    mode: attachModeEnum(),
    /** The instance the storage side names; it need not be known here (a reservation, a bare-metal host). */
    instanceId: uuid(),
    attachedHost: text(),
    mountpoint: text(),
    /** Encrypted (JWE): the host's initiator, needed again to take the export back. */
    connector: text(),
    /** Encrypted (JWE): targets and their passwords. */
    connectionInfo: text(),
    attachedAt: instant(),
    detachedAt: instant(),

    // The compute side (block device mapping). Absent (bdm_id null) when only the storage side knows the attachment.
    bdmId: uuid(),
    serverId: uuid().references(() => servers.id),
    device: text(),
    bootIndex: integer(),
    tag: text(),
    deleteOnTermination: boolean().notNull().default(false),
    /** Since when the server has the disk, where that is longer than this attachment: a swap, or a way off its host. */
    diskSince: instant(),

    /** Why this row is exempt from the rules below: it came from a cloud that had broken them already. */
    quarantine: text(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    statusSince: instant().notNull().defaultNow(),
    deletedAt: instant(),
    /** True of what needs a volume that is there; null is not compared. */
    live: boolean().generatedAlwaysAs(sql`case when deleted_at is null and quarantine is null then true end`),
  },
  (t) => [
    foreignKey({
      name: 'attachment_of_volume',
      columns: [t.volumeId, t.multiattach],
      foreignColumns: [volumes.id, volumes.multiattach],
    }).onUpdate('cascade'),
    foreignKey({
      name: 'attachment_of_live_volume',
      columns: [t.volumeId, t.live],
      foreignColumns: [volumes.id, volumes.live],
    }),
    check('attachment_has_a_side', sql`${t.attachStatus} is not null or ${t.bdmId} is not null`),
    check('attachment_compute_side', sql`(${t.bdmId} is null) = (${t.serverId} is null)`),
    // `is not distinct`: a comparison with null is no answer, and a check lets that pass.
    check(
      'attachment_same_instance',
      sql`${t.serverId} is null or ${t.instanceId} is not distinct from ${t.serverId}`,
    ),
    check(
      'attachment_live_is_not_detached',
      sql`${t.deletedAt} is not null or ${t.attachStatus} <> 'detached'`,
    ),
    check('attachment_device_has_server', sql`${t.device} is null or ${t.serverId} is not null`),
    // `attachment_one_instance_per_volume` is an exclusion constraint, which drizzle cannot express: see migrations.
    uniqueIndex('attachment_pair_once')
      .on(t.serverId, t.volumeId)
      .where(sql`${t.deletedAt} is null and ${t.bdmId} is not null and ${t.quarantine} is null`),
    uniqueIndex('attachment_device_once')
      .on(t.serverId, t.device)
      .where(sql`${t.deletedAt} is null and ${t.device} is not null and ${t.quarantine} is null`),
    uniqueIndex('attachment_one_root')
      .on(t.serverId)
      .where(sql`${t.deletedAt} is null and ${t.bootIndex} = 0 and ${t.quarantine} is null`),
    uniqueIndex('attachment_bdm').on(t.bdmId),
    index('attachments_volume').on(t.volumeId).where(sql`${t.deletedAt} is null`),
    index('attachments_instance').on(t.instanceId).where(sql`${t.deletedAt} is null`),
    index('attachments_server').on(t.serverId).where(sql`${t.deletedAt} is null`),
    index('attachments_created').on(t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
    index('attachments_project_created')
      .on(t.projectId, t.createdAt, t.id)
      .where(sql`${t.deletedAt} is null`),
    index('attachments_status').on(t.attachStatus, t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
  ],
);
