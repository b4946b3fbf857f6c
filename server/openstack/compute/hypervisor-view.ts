/**
 * Hypervisors in the compute API's words.
 * Source: nova/api/openstack/compute/hypervisors.py, _view_hypervisor
 */
import type { HostRecord } from '~/server/services/records/host-records';
import { namedId } from './named-id';

/** A host, with its place in the whole list, which is its id below 2.53. */
export interface Placed extends HostRecord {
  place: number;
}

/** What hypervisors have has not been told by them since 2.88. */
const SIZES_UNTIL = 87;

export function hypervisorId({ name, place }: Placed, minor: number): string | number {
  return minor >= 53 ? namedId('hypervisor', name) : place;
}

export function hypervisorBrief(host: Placed, minor: number, withServers: boolean) {
  return {
    id: hypervisorId(host, minor),
    hypervisor_hostname: host.name,
    state: host.up ? 'up' : 'down',
    status: host.enabled ? 'enabled' : 'disabled',
    // Empty lists are shown since 2.75.
    ...(minor >= 53 && withServers && (minor >= 75 || host.servers.length > 0)
      ? { servers: host.servers.map(({ id, name }) => ({ uuid: id, name })) }
      : {}),
  };
}

export function hypervisorView(host: Placed, minor: number, withServers: boolean) {
  return {
    ...hypervisorBrief(host, minor, withServers),
    hypervisor_type: host.hypervisor_type,
    hypervisor_version: 0,
    host_ip: '0.0.0.0',
    service: {
      host: host.name,
      id: minor >= 53 ? namedId('nova-compute', host.name) : host.place,
      disabled_reason: host.disabled_reason,
    },
    // Nobody knows it; the openstack client takes the text apart, and breaks on none at all.
    ...(minor <= SIZES_UNTIL ? { ...sizes([host]), cpu_info: minor >= 28 ? {} : '' } : { uptime: '' }),
  };
}

/** What is used, which is also all that is known to be there. */
export function sizes(hosts: readonly HostRecord[]) {
  const sum = (amount: (host: HostRecord) => number) =>
    hosts.reduce((total, host) => total + amount(host), 0);
  const vcpus = sum((host) => host.vcpus);
  const ram = sum((host) => host.ram_mib);
  const disk = sum((host) => host.disk_gib);
  return {
    vcpus,
    vcpus_used: vcpus,
    memory_mb: ram,
    memory_mb_used: ram,
    free_ram_mb: 0,
    local_gb: disk,
    local_gb_used: disk,
    free_disk_gb: 0,
    disk_available_least: null,
    current_workload: 0,
    running_vms: sum((host) => host.servers.length),
  };
}
