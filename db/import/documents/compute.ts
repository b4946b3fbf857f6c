/**
 * What Nova says (Compute API v2.1, any microversion; the older ones leave out what is optional here).
 */
import { z } from 'zod';
import { identityId, instant, maybeInstant, maybeText, maybeUuid, stringMap, uuid, whole } from './fields';

/** Nova writes "no swap" as an empty text before 2.75. */
const swap = z.preprocess((value) => (value === '' || value === undefined ? 0 : value), whole);

export const flavor = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  vcpus: whole.positive(),
  ram: whole.positive(),
  disk: whole.nonnegative(),
  swap,
  'OS-FLV-EXT-DATA:ephemeral': whole.nonnegative().default(0),
  'OS-FLV-DISABLED:disabled': z.boolean().default(false),
  'os-flavor-access:is_public': z.boolean().default(true),
  description: maybeText,
  extra_specs: stringMap,
});

const embeddedFlavor = z.looseObject({
  original_name: z.string(),
  vcpus: whole,
  ram: whole,
  disk: whole,
  ephemeral: whole.default(0),
  swap,
  extra_specs: stringMap,
});

export const server = z.looseObject({
  id: uuid,
  name: z.string(),
  status: z.string(),
  tenant_id: identityId,
  user_id: identityId,
  description: maybeText,
  metadata: stringMap,
  /** The empty text for a server booted from a volume. */
  image: z.union([z.literal(''), z.null(), z.looseObject({ id: uuid })]).default(null),
  flavor: z.union([embeddedFlavor, z.looseObject({ id: z.string().min(1) })]),
  created: instant,
  updated: instant,
  key_name: maybeText,
  config_drive: z.union([z.string(), z.boolean(), z.null()]).default(null),
  tags: z.array(z.string()).default([]),
  locked: z.boolean().default(false),
  locked_reason: maybeText,
  fault: z
    .looseObject({ code: whole, message: z.string(), created: z.string(), details: z.string().optional() })
    .optional(),
  'OS-EXT-STS:vm_state': z.string(),
  'OS-EXT-STS:task_state': maybeText,
  'OS-EXT-STS:power_state': whole.default(0),
  'OS-EXT-AZ:availability_zone': maybeText,
  'OS-EXT-SRV-ATTR:host': maybeText,
  'OS-EXT-SRV-ATTR:hostname': maybeText,
  'OS-EXT-SRV-ATTR:root_device_name': maybeText,
  'OS-SRV-USG:launched_at': maybeInstant,
  'OS-SRV-USG:terminated_at': maybeInstant,
  'os-extended-volumes:volumes_attached': z
    .array(z.looseObject({ id: uuid, delete_on_termination: z.boolean().default(false) }))
    .default([]),
});

/** Before 2.89 the attachment's and the mapping's own ids are not shown, before 2.79 delete_on_termination neither. */
export const serverVolume = z.looseObject({
  volumeId: uuid,
  serverId: uuid,
  device: maybeText,
  tag: maybeText,
  delete_on_termination: z.boolean().default(false),
  attachment_id: maybeUuid,
  bdm_uuid: maybeUuid,
});

export const instanceAction = z.looseObject({
  action: z.string().min(1),
  instance_uuid: uuid,
  request_id: z.string().min(1),
  user_id: maybeText,
  project_id: maybeText,
  start_time: instant,
  updated_at: maybeInstant,
  message: maybeText,
});

export const service = z.looseObject({
  binary: z.string().min(1),
  host: z.string().min(1),
  zone: z.string().default('nova'),
  status: z.enum(['enabled', 'disabled']),
  state: z.enum(['up', 'down']),
  frozen: z.boolean().default(false),
  disabled_reason: maybeText,
  updated_at: maybeInstant,
});

export const hypervisor = z.looseObject({
  id: z.coerce.string(),
  hypervisor_hostname: z.string(),
  hypervisor_type: z.string(),
  state: z.enum(['up', 'down']).default('up'),
  status: z.enum(['enabled', 'disabled']).default('enabled'),
  service: z.looseObject({ host: z.string().min(1) }),
});
