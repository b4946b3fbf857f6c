/**
 * Servers in the compute API's words, member by member as the versions brought them.
 * Source: nova/api/openstack/compute/views/servers.py
 */
import { defaultHostname } from '~/server/domain/server-verbs/hostname';
import type { Context } from '~/server/services/context';
import type { ServerName, ServerRecord } from '~/server/services/records/server-records';
import { mayDo } from '~/server/services/refused';
import type { Ask } from '../route';
import { hostId } from './host-id';
import { bookmark, linksTo, timeMicros, timeZ } from './links';

export type Viewing = Pick<Ask, 'origin' | 'minor'> & { context: Context };

/** Statuses in which `progress` is shown at all. */
const SHOWS_PROGRESS = ['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING'];
const SHOWS_FAULT = ['ERROR', 'DELETED'];

/** @returns what a plain list shows */
export function serverBrief(ask: Viewing, { id, name }: ServerName) {
  return { id, name, links: linksTo(ask, `servers/${id}`) };
}

/** @returns a server in a detailed list */
export function serverDetail(ask: Viewing, server: ServerRecord) {
  return { ...basis(ask, server), ...extended(ask, server) };
}

/** @returns a server shown alone */
export function serverView(ask: Viewing, server: ServerRecord) {
  return { ...serverDetail(ask, server), ...(ask.minor >= 71 ? { server_groups: [] } : {}) };
}

/** @returns what an update answers: all of it only since 2.75 */
export function updatedServer(ask: Viewing, server: ServerRecord) {
  if (ask.minor >= 75) return serverView(ask, server);
  return {
    ...basis(ask, server),
    ...labels(ask, server),
    ...(ask.minor >= 71 ? { server_groups: [] } : {}),
  };
}

/** @returns what every answer about a server has */
function basis(ask: Viewing, server: ServerRecord) {
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    tenant_id: server.project_id,
    user_id: server.user_id,
    metadata: server.metadata,
    hostId: hostId(server.project_id, server.host),
    image: imageOf(ask, server),
    flavor: flavorOf(ask, server),
    created: timeZ(server.created_at),
    updated: timeZ(server.updated_at),
    addresses: {},
    accessIPv4: server.access_ipv4,
    accessIPv6: server.access_ipv6,
    links: linksTo(ask, `servers/${server.id}`),
    'OS-DCF:diskConfig': server.disk_config,
    ...(SHOWS_PROGRESS.includes(server.status) ? { progress: 0 } : {}),
    ...(SHOWS_FAULT.includes(server.status) && server.fault !== null ? { fault: server.fault } : {}),
  };
}

function extended(ask: Viewing, server: ServerRecord) {
  return {
    'OS-EXT-AZ:availability_zone': server.availability_zone,
    config_drive: server.config_drive ? 'True' : '',
    key_name: server.key_name,
    'OS-SRV-USG:launched_at': timeMicros(server.launched_at),
    'OS-SRV-USG:terminated_at': timeMicros(server.terminated_at),
    'OS-EXT-STS:task_state': server.task_state,
    'OS-EXT-STS:vm_state': server.vm_state,
    'OS-EXT-STS:power_state': server.power_state,
    'os-extended-volumes:volumes_attached': server.volumes.map(({ id, delete_on_termination }) =>
      ask.minor >= 3 ? { id, delete_on_termination } : { id },
    ),
    ...attributes(ask, server),
    ...labels(ask, server),
    ...(ask.minor >= 16 && mayDo(ask.context, 'os_compute_api:servers:show:host_status')
      ? { host_status: hostStatus(server) }
      : {}),
  };
}

/** What it is called and marked with, as far as the version knows it. */
function labels({ minor }: Viewing, server: ServerRecord) {
  return {
    ...(minor >= 9 ? { locked: server.locked_by !== null } : {}),
    ...(minor >= 19 ? { description: server.description } : {}),
    ...(minor >= 26 ? { tags: server.tags } : {}),
    ...(minor >= 63 ? { trusted_image_certificates: null } : {}),
    ...(minor >= 73 ? { locked_reason: server.locked_reason } : {}),
  };
}

/** For administrators, all but the host name since 2.90. */
function attributes({ minor, context }: Viewing, server: ServerRecord) {
  const hostname = { 'OS-EXT-SRV-ATTR:hostname': server.hostname ?? defaultHostname(server) };
  if (!mayDo(context, 'os_compute_api:os-extended-server-attributes')) return minor >= 90 ? hostname : {};
  const shown = {
    'OS-EXT-SRV-ATTR:host': server.host,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${server.id.slice(0, 8)}`,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': server.host,
  };
  if (minor < 3) return shown;
  return {
    ...shown,
    ...hostname,
    'OS-EXT-SRV-ATTR:reservation_id': server.reservation_id,
    'OS-EXT-SRV-ATTR:launch_index': server.launch_index,
    'OS-EXT-SRV-ATTR:kernel_id': '',
    'OS-EXT-SRV-ATTR:ramdisk_id': '',
    'OS-EXT-SRV-ATTR:root_device_name': server.root_device_name,
    'OS-EXT-SRV-ATTR:user_data': server.user_data,
  };
}

function hostStatus({ host, host_state: state }: ServerRecord): string {
  if (host === null) return '';
  if (state === null) return 'UNKNOWN';
  if (!state.up) return 'DOWN';
  return state.enabled ? 'UP' : 'MAINTENANCE';
}

/** An empty text for a server that boots from a volume. */
function imageOf(ask: Viewing, { image_id: id }: ServerRecord) {
  return id === null ? '' : { id, links: [bookmark(ask, `images/${id}`)] };
}

function flavorOf(ask: Viewing, { flavor_id: id, flavor }: ServerRecord) {
  if (ask.minor < 47) {
    // One that was deleted may be known by its name alone.
    const known = id ?? flavor.name;
    return { id: known, links: [bookmark(ask, `flavors/${known}`)] };
  }
  const { vcpus, ramMib: ram, diskGib: disk, ephemeralGib: ephemeral, swapMib: swap } = flavor;
  const specs = mayDo(ask.context, 'os_compute_api:os-flavor-extra-specs:index')
    ? { extra_specs: flavor.extraSpecs }
    : {};
  return { vcpus, ram, disk, ephemeral, swap, original_name: flavor.name, ...specs };
}
