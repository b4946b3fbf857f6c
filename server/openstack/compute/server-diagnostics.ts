/**
 * What is known of how a guest does: its sizes, and that it runs.
 * Source: nova/api/openstack/compute/server_diagnostics.py; nova/compute/api.py, get_instance_diagnostics
 */
import { findServerRecord, type ServerRecord } from '~/server/services/records/server-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';

/** Since then the same members for every hypervisor. */
const ORDERED_SINCE = 48;

/** By power_state. */
const STATES: Readonly<Record<number, string>> = {
  0: 'pending',
  1: 'running',
  3: 'paused',
  4: 'shutdown',
  6: 'crashed',
  7: 'suspended',
};

const UNKNOWN_DISK = {
  read_bytes: null,
  read_requests: null,
  write_bytes: null,
  write_requests: null,
  errors_count: null,
};

function ordered({ power_state, config_drive, flavor, volumes, image_id }: ServerRecord) {
  const disks = volumes.length + (image_id === null ? 0 : 1);
  return {
    state: STATES[power_state] ?? 'pending',
    driver: 'libvirt',
    hypervisor: null,
    hypervisor_os: null,
    uptime: null,
    config_drive,
    num_cpus: flavor.vcpus,
    num_nics: 0,
    num_disks: disks,
    memory_details: { maximum: flavor.ramMib, used: null },
    cpu_details: Array.from({ length: flavor.vcpus }, (_, id) => ({ id, time: null, utilisation: null })),
    nic_details: [],
    disk_details: Array.from({ length: disks }, () => UNKNOWN_DISK),
  };
}

export const SERVER_DIAGNOSTICS_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servers/:serverId/diagnostics',
    summary: 'Show how a guest does',
    status: 200,
    async handle({ context, params, minor }) {
      const server = await findServerRecord(context, params.serverId);
      authorize(context, 'os_compute_api:os-server-diagnostics');
      if (server.vm_state !== 'active') {
        throw new FaultError(
          409,
          `Server ${server.name} is ${server.status}; only one that is ACTIVE is looked at.`,
        );
      }
      return answer(minor >= ORDERED_SINCE ? ordered(server) : { memory: server.flavor.ramMib * 1024 });
    },
  }),
];
