/**
 * What Cinder says (Block Storage API v3, any microversion from 3.27; the older ones leave out what is optional here).
 */
import { z } from 'zod';
import { identityId, instant, maybeInstant, maybeText, maybeUuid, stringMap, uuid, whole } from './fields';

export const volumeType = z.looseObject({
  id: uuid,
  name: z.string().min(1),
  description: maybeText,
  is_public: z.boolean().default(true),
  extra_specs: stringMap,
  /** Told to administrators. */
  qos_specs_id: maybeUuid,
});

export const volumeTypeAccess = z.looseObject({ volume_type_id: uuid, project_id: identityId });

const flag = z.preprocess((value) => value === true || value === 'true', z.boolean());

export const volume = z.looseObject({
  id: uuid,
  name: maybeText,
  description: maybeText,
  status: z.string(),
  size: whole.nonnegative(),
  availability_zone: maybeText,
  created_at: instant,
  updated_at: maybeInstant,
  volume_type: maybeText,
  volume_type_id: maybeUuid,
  snapshot_id: maybeUuid,
  source_volid: maybeUuid,
  metadata: stringMap,
  user_id: identityId,
  bootable: flag,
  encrypted: z.boolean().default(false),
  encryption_key_id: maybeUuid,
  replication_status: maybeText,
  multiattach: z.boolean().default(false),
  attachments: z
    .array(
      z.looseObject({
        attachment_id: uuid,
        volume_id: uuid,
        /** Empty for an attachment to a host. */
        server_id: maybeUuid,
        host_name: maybeText,
        device: maybeText,
        attached_at: maybeInstant,
      }),
    )
    .default([]),
  migration_status: maybeText,
  group_id: maybeUuid,
  provider_id: maybeText,
  shared_targets: z.boolean().nullish(),
  service_uuid: maybeUuid,
  cluster_name: maybeText,
  consumes_quota: z.boolean().default(true),
  'os-vol-tenant-attr:tenant_id': identityId,
  'os-vol-mig-status-attr:migstat': maybeText,
  'os-vol-mig-status-attr:name_id': maybeUuid,
  'os-vol-host-attr:host': maybeText,
  volume_image_metadata: z.record(z.string(), z.coerce.string()).optional(),
});

export const attachment = z.looseObject({
  id: uuid,
  status: z.string(),
  instance: maybeUuid,
  volume_id: uuid,
  attached_at: maybeInstant,
  detached_at: maybeInstant,
  /** The text "null" while the mode has not been chosen. */
  attach_mode: maybeText,
  connection_info: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((info) => info ?? {}),
});

export const snapshot = z.looseObject({
  id: uuid,
  volume_id: uuid,
  name: maybeText,
  description: maybeText,
  status: z.string(),
  size: whole.nonnegative(),
  metadata: stringMap,
  created_at: instant,
  updated_at: maybeInstant,
  user_id: maybeText,
  consumes_quota: z.boolean().default(true),
  'os-extended-snapshot-attributes:project_id': identityId,
  'os-extended-snapshot-attributes:progress': z.string().default('0%'),
});

export const transfer = z.looseObject({
  id: uuid,
  name: maybeText,
  volume_id: uuid,
  created_at: maybeInstant,
  source_project_id: maybeText,
  accepted: z.boolean().default(false),
});

/** Capacities are numbers, or the texts `unknown` and `infinite`. */
export const pool = z.looseObject({
  name: z.string().min(1),
  capabilities: z.record(z.string(), z.unknown()).default({}),
});
