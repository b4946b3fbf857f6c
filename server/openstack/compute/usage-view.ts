/**
 * What servers have used, added up by project.
 * Source: nova/api/openstack/compute/simple_tenant_usage.py
 */
import type { UsageRecord } from '~/server/services/records/usage-records';
import { timeMicros } from './links';

const HOUR_MS = 3_600_000;

export interface Window {
  start: Date;
  end: Date;
}

interface ServerUsage {
  name: string;
  instance_id: string;
  tenant_id: string;
  flavor: string;
  /** Within the window. */
  hours: number;
  memory_mb: number;
  vcpus: number;
  local_gb: number;
  started_at: string | null;
  ended_at: string | null;
  state: string;
  /** Whole seconds since it was launched, up to its end. */
  uptime: number;
}

export interface ProjectUsage {
  tenant_id: string;
  total_hours: number;
  total_vcpus_usage: number;
  total_memory_mb_usage: number;
  total_local_gb_usage: number;
  start: string | null;
  stop: string | null;
  server_usages?: ServerUsage[];
}

function usageOf(record: UsageRecord, { start, end }: Window, now: Date): ServerUsage {
  const { id, name, flavor, launched_at: launched, ended_at: ended } = record;
  const from = Math.max(launched.getTime(), start.getTime());
  const until = Math.min((ended ?? end).getTime(), end.getTime());
  return {
    name,
    instance_id: id,
    tenant_id: record.project_id,
    flavor: flavor.name,
    hours: Math.max(until - from, 0) / HOUR_MS,
    memory_mb: flavor.ramMib,
    vcpus: flavor.vcpus,
    local_gb: flavor.diskGib + flavor.ephemeralGib,
    started_at: timeMicros(launched),
    ended_at: timeMicros(ended),
    state: ended === null ? record.vm_state : 'terminated',
    uptime: Math.floor(((ended ?? now).getTime() - launched.getTime()) / 1000),
  };
}

/**
 * @param records by project
 * @param now until when servers that are there have been up
 * @returns one sum a project, in that order; with its servers when `detailed`
 */
export function projectUsages(
  records: readonly UsageRecord[],
  window: Window,
  { now, detailed }: { now: Date; detailed: boolean },
): ProjectUsage[] {
  const byProject = new Map<string, ServerUsage[]>();
  for (const record of records) {
    const usage = usageOf(record, window, now);
    const servers = byProject.get(usage.tenant_id);
    if (servers === undefined) byProject.set(usage.tenant_id, [usage]);
    else servers.push(usage);
  }
  return [...byProject].map(([tenantId, servers]) => {
    const total = (amount: (usage: ServerUsage) => number) =>
      servers.reduce((sum, usage) => sum + usage.hours * amount(usage), 0);
    return {
      tenant_id: tenantId,
      total_hours: total(() => 1),
      total_vcpus_usage: total(({ vcpus }) => vcpus),
      total_memory_mb_usage: total((usage) => usage.memory_mb),
      total_local_gb_usage: total((usage) => usage.local_gb),
      start: timeMicros(window.start),
      stop: timeMicros(window.end),
      ...(detailed ? { server_usages: servers } : {}),
    };
  });
}
