/**
 * Compute hosts and the services on them, as the compute API shows them.
 */
import type { Context } from '../context';
import { authorize } from '../refused';

export interface HostRecord {
  name: string;
  hypervisor_type: string;
  up: boolean;
  enabled: boolean;
  zone: string;
  disabled_reason: string | null;
  updated_at: Date;
  /** Its servers, by name. */
  servers: { id: string; name: string }[];
  /** What these have together; nobody counts what a host has. */
  vcpus: number;
  ram_mib: number;
  disk_gib: number;
}

/** @returns every compute host by name, with its servers */
async function selectHosts({ runtime }: Context): Promise<HostRecord[]> {
  const rows = await runtime.database.sql<HostRecord[]>`
    select h.name, h.hypervisor_type, h.up, h.enabled, h.zone, reported.disabled_reason,
      greatest(h.updated_at, reported.updated_at) as updated_at,
      coalesce(running.servers, '[]') as servers, coalesce(running.vcpus, 0)::int as vcpus,
      coalesce(running.ram_mib, 0)::int as ram_mib, coalesce(running.disk_gib, 0)::int as disk_gib
    from hosts h
      left join services reported on reported.binary = 'nova-compute' and reported.host = h.name
      left join (
        select host, json_agg(json_build_object('id', id, 'name', name) order by name, id) as servers,
          sum((flavor->>'vcpus')::int) as vcpus, sum((flavor->>'ramMib')::int) as ram_mib,
          sum((flavor->>'diskGib')::int) as disk_gib
        from servers where deleted_at is null and host is not null group by host
      ) running on running.host = h.name
    order by h.name`;
  return [...rows];
}

/** @throws RefusedError forbidden for all but administrators */
export async function listHypervisors(context: Context): Promise<HostRecord[]> {
  authorize(context, 'os_compute_api:os-hypervisors:list-detail');
  return selectHosts(context);
}

export interface ComputeServiceRecord {
  binary: string;
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  disabled_reason: string | null;
  updated_at: Date;
}

/**
 * @returns the services of the compute side; a host that is known has one, reported or not
 * @throws RefusedError forbidden for all but administrators
 */
export async function listComputeServices(context: Context): Promise<ComputeServiceRecord[]> {
  authorize(context, 'os_compute_api:os-services:list');
  const { sql } = context.runtime.database;
  const rows = await sql<ComputeServiceRecord[]>`
    select s.binary, s.host, s.zone, s.enabled, s.up, s.disabled_reason, s.updated_at from services s
    where s.binary like 'nova-%' and s.binary <> 'nova-compute'
    union all
    select 'nova-compute', h.name, h.zone, h.enabled, h.up, reported.disabled_reason,
      greatest(h.updated_at, reported.updated_at)
    from hosts h left join services reported on reported.binary = 'nova-compute' and reported.host = h.name
    order by 1, 2`;
  return [...rows];
}

export interface ComputeZoneRecord {
  name: string;
  hosts: { name: string; up: boolean; enabled: boolean; updatedAt: Date }[];
}

/** @returns the zones of compute hosts by name; the default one where there is none yet. Any role may ask. */
export async function listComputeZones(context: Context): Promise<ComputeZoneRecord[]> {
  authorize(context, 'os_compute_api:os-availability-zone:list');
  const { database, choices } = context.runtime;
  const hosts = await database.sql<
    { name: string; zone: string; up: boolean; enabled: boolean; updatedAt: Date }[]
  >`
    select name, zone, up, enabled, updated_at as "updatedAt" from hosts order by zone, name`;
  if (hosts.length === 0) return [{ name: choices.defaultAvailabilityZone, hosts: [] }];
  const zones = new Set(hosts.map(({ zone }) => zone));
  return [...zones].map((name) => ({ name, hosts: hosts.filter(({ zone }) => zone === name) }));
}
