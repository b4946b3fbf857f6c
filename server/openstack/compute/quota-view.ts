/**
 * Quotas and limits in the compute API's words.
 * Source: nova/api/openstack/compute/quota_sets.py, limits.py, and views/limits.py
 */
import type { ComputeQuota, ComputeQuotaRecord } from '~/server/services/records/compute-quota-records';

/** What upstream limits besides, by its defaults: nothing of it is counted here. */
const UNCOUNTED = {
  metadata_items: 128,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
  injected_files: 5,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  fixed_ips: -1,
  floating_ips: -1,
  security_groups: -1,
  security_group_rules: -1,
} as const satisfies Record<string, number>;
type Uncounted = keyof typeof UNCOUNTED;

/** Last minor version of those that went: networks with 2.36, injected files with 2.57. */
const UNTIL: Readonly<Partial<Record<Uncounted, number>>> = {
  fixed_ips: 35,
  floating_ips: 35,
  security_groups: 35,
  security_group_rules: 35,
  injected_files: 56,
  injected_file_content_bytes: 56,
  injected_file_path_bytes: 56,
};

/** @returns the resources that nobody counts, as the version knows them */
export function uncountedAt(minor: number): Uncounted[] {
  const names = Object.keys(UNCOUNTED) as Uncounted[];
  return names.filter((name) => minor <= (UNTIL[name] ?? Infinity));
}

/** @param shown what is told of a resource */
function quotaSet<Shown>(
  quota: ComputeQuota,
  minor: number,
  shown: (record: ComputeQuotaRecord) => Shown,
): Record<string, Shown> {
  const counted = Object.entries(quota).map(([name, record]) => [name, shown(record)] as const);
  const uncounted = uncountedAt(minor).map(
    (name) => [name, shown({ limit: UNCOUNTED[name], inUse: 0, reserved: 0 })] as const,
  );
  return Object.fromEntries([...counted, ...uncounted]);
}

/** @returns limits by resource */
export function quotaLimits(quota: ComputeQuota, minor: number): Record<string, number> {
  return quotaSet(quota, minor, ({ limit }) => limit);
}

/** @returns limits by resource, with what is used of each */
export function quotaDetail(quota: ComputeQuota, minor: number) {
  return quotaSet(quota, minor, ({ limit, inUse, reserved }) => ({ limit, in_use: inUse, reserved }));
}

/** @returns the absolute limits, as the version knows them */
export function absoluteLimits({ instances, cores, ram }: ComputeQuota, minor: number) {
  return {
    maxTotalInstances: instances.limit,
    totalInstancesUsed: instances.inUse,
    maxTotalCores: cores.limit,
    totalCoresUsed: cores.inUse,
    maxTotalRAMSize: ram.limit,
    totalRAMUsed: ram.inUse,
    maxServerMeta: UNCOUNTED.metadata_items,
    maxTotalKeypairs: UNCOUNTED.key_pairs,
    maxServerGroups: UNCOUNTED.server_groups,
    maxServerGroupMembers: UNCOUNTED.server_group_members,
    totalServerGroupsUsed: 0,
    ...(minor <= 35
      ? {
          maxSecurityGroups: UNCOUNTED.security_groups,
          maxSecurityGroupRules: UNCOUNTED.security_group_rules,
          totalSecurityGroupsUsed: 0,
          maxTotalFloatingIps: UNCOUNTED.floating_ips,
          totalFloatingIpsUsed: 0,
        }
      : {}),
    ...(minor <= 38 ? { maxImageMeta: UNCOUNTED.metadata_items } : {}),
    ...(minor <= 56
      ? {
          maxPersonality: UNCOUNTED.injected_files,
          maxPersonalitySize: UNCOUNTED.injected_file_content_bytes,
        }
      : {}),
  };
}
