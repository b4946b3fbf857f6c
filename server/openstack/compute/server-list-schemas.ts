/**
 * What lists of servers may be asked for.
 * Source: nova/api/openstack/compute/schemas/servers.py, query_params_*
 */
import { z } from 'zod';
import { queryNumber, time } from './schema-types';

const text = z.string().optional();

const query = {
  user_id: text,
  project_id: text,
  tenant_id: text,
  launch_index: text,
  image_ref: text,
  image: text,
  kernel_id: text,
  ramdisk_id: text,
  hostname: text,
  key_name: text,
  power_state: text,
  vm_state: text,
  task_state: text,
  host: text,
  node: text,
  flavor: text,
  reservation_id: text,
  launched_at: text,
  terminated_at: text,
  availability_zone: text,
  name: text,
  display_name: text,
  description: text,
  display_description: text,
  locked_by: text,
  uuid: text,
  root_device_name: text,
  config_drive: text,
  access_ip_v4: text,
  access_ip_v6: text,
  auto_disk_config: text,
  progress: text,
  sort_key: text,
  sort_dir: text,
  all_tenants: text,
  soft_deleted: text,
  deleted: text,
  status: text,
  'changes-since': time.optional(),
  ip: text,
  ip6: text,
  created_at: text,
  limit: queryNumber.optional(),
  marker: text,
  tags: text,
  'tags-any': text,
  'not-tags': text,
  'not-tags-any': text,
  'changes-before': time.optional(),
  locked: text,
};
export type ServerListQuery = z.output<z.ZodObject<typeof query>>;

/** Tables that Nova joins; asking for them is refused by name. */
const INTERNAL = [
  'block_device_mapping',
  'services',
  'metadata',
  'system_metadata',
  'info_cache',
  'security_groups',
  'pci_devices',
];

/** Below 2.75, what is not known is ignored, as long as it looks like nothing internal. */
const open = z.looseObject(query).superRefine((given, refusal) => {
  const inner = Object.keys(given).find((key) => key.startsWith('_') || INTERNAL.includes(key));
  if (inner === undefined) return;
  refusal.addIssue({ code: 'custom', message: `servers cannot be filtered by ${inner}` });
});

/** First minor version of those parameters that were not always there. */
const SINCE: Readonly<Partial<Record<keyof ServerListQuery, number>>> = {
  tags: 26,
  'tags-any': 26,
  'not-tags': 26,
  'not-tags-any': 26,
  'changes-before': 66,
  locked: 73,
};

/** @returns what the version knows; the others are no parameters in it */
export function knownIn(minor: number, given: ServerListQuery): ServerListQuery {
  const known = Object.entries(given).filter(([key]) => (SINCE[key as keyof ServerListQuery] ?? 1) <= minor);
  return Object.fromEntries(known) as ServerListQuery;
}

export const SERVER_LIST_QUERY: Readonly<Record<number, z.ZodType<ServerListQuery>>> = {
  1: open,
  75: z.strictObject(query),
};
