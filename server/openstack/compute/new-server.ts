/**
 * From the body of a request for servers to what the service makes.
 */
import type { Context } from '~/server/services/context';
import type { NewServers } from '~/server/services/create-servers';
import { authorize, authorizeFor } from '~/server/services/refused';
import { FaultError } from '../fault';
import { NETWORK } from './network';
import { deviceFor, legacyDevicesFor } from './server-device-schemas';
import type { NewNetwork, NewServer } from './server-schemas';

/** Volumes that several servers may hold are known since 2.60. */
const MULTIATTACH_SINCE = 60;

/**
 * @param minor microversion in force
 * @throws FaultError 400 for what cannot be meant, RefusedError forbidden for whoever makes no servers, or chooses a host that he may not
 */
export function newServers(context: Context, server: NewServer, minor: number): NewServers {
  const count = countOf(server);
  authorizeFor(context, 'os_compute_api:servers:create', context.actor.projectId);
  const place = placeOf(context, server);
  refuseUnknown(server);
  const image = server.imageRef === undefined || server.imageRef === '' ? undefined : server.imageRef;
  const { metadata, description } = server;
  return {
    name: server.name,
    flavor: server.flavorRef,
    ...(image === undefined ? {} : { image: image.toLowerCase() }),
    devices: devicesOf(server, image?.toLowerCase()),
    // Below the version that knows descriptions, a server's name is its description.
    ...descriptionOf(server.name, description, minor),
    ...(metadata === undefined ? {} : { metadata }),
    ...place,
    labels: labelsOf(server),
    count,
    multiattach: minor >= MULTIATTACH_SINCE,
  };
}

/** Source: nova api/openstack/compute/servers.py, create: display_description is the name below 2.19. */
function descriptionOf(name: string, description: string | null | undefined, minor: number) {
  const text = minor < 19 ? name : description;
  return text === undefined || text === null || text === '' ? {} : { description: text };
}

function countOf({ min_count, max_count }: NewServer): NewServers['count'] {
  const min = min_count ?? 1;
  const max = max_count ?? min;
  if (min > max) throw new FaultError(400, `min_count is ${min}, more than max_count, which is ${max}.`);
  return { min, max };
}

/** `zone:host:node` is an old way to ask for a host; a node is called as its host here. */
function placeOf(context: Context, { availability_zone, host, hypervisor_hostname: node }: NewServer) {
  const [zone = '', forced, forcedNode, ...more] = availability_zone?.split(':') ?? [];
  if (more.length > 0) throw new FaultError(400, `${availability_zone} is no availability zone.`);
  const old = [forced, forcedNode].find((each) => each !== undefined && each !== '');
  if (old !== undefined) authorize(context, 'os_compute_api:servers:create:forced_host');
  const asked = host ?? node;
  if (asked !== undefined && old !== undefined) {
    throw new FaultError(400, 'The availability zone names a host already; host cannot be given with it.');
  }
  if (host !== undefined && node !== undefined && host !== node) {
    throw new FaultError(400, `There is no hypervisor ${node} on host ${host}.`);
  }
  const chosen = asked ?? old;
  return { ...(zone === '' ? {} : { zone }), ...(chosen === undefined ? {} : { host: chosen }) };
}

/** What belongs to services that are not here. */
function refuseUnknown(server: NewServer): void {
  const { key_name, networks, trusted_image_certificates: certificates } = server;
  if (key_name !== undefined) throw new FaultError(400, `There is no key pair ${key_name}.`);
  if (certificates !== undefined && certificates !== null) {
    throw new FaultError(400, 'Certificates of images are not checked here.');
  }
  if (Array.isArray(networks)) networks.forEach(refuseUnknownNetwork);
  const group = server.security_groups?.find(({ name = 'default' }) => name !== 'default');
  if (group !== undefined) throw new FaultError(400, `There is no security group ${group.name}.`);
}

function refuseUnknownNetwork({ uuid, port }: NewNetwork): void {
  if (port !== undefined && port !== null) throw new FaultError(400, `There is no port ${port}.`);
  if (uuid === undefined) throw new FaultError(400, 'A network needs its uuid.');
  if (uuid.toLowerCase() !== NETWORK.id) throw new FaultError(400, `There is no network ${uuid}.`);
}

function devicesOf(server: NewServer, image: string | undefined): NewServers['devices'] {
  const { block_device_mapping: legacy, block_device_mapping_v2: mapping } = server;
  if (legacy !== undefined && mapping !== undefined) {
    throw new FaultError(400, 'block_device_mapping and block_device_mapping_v2 exclude each other.');
  }
  if (legacy !== undefined) return legacyDevicesFor(legacy, image);
  return (mapping ?? []).map(deviceFor);
}

function labelsOf(server: NewServer): NewServers['labels'] {
  const { user_data, accessIPv4, accessIPv6, config_drive, tags, hostname } = server;
  const labels = {
    userData: user_data,
    accessIpv4: accessIPv4,
    accessIpv6: accessIPv6,
    configDrive: config_drive,
    tags: tags === undefined ? undefined : [...new Set(tags)],
    hostname,
    diskConfig: server['OS-DCF:diskConfig'],
  };
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
