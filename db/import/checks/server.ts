/**
 * What can be wrong with a server and with the host it is on.
 */
import type { DocumentOf } from '~/db/import/documents/catalogue';
import type { Breach, RuleId } from '~/db/import/rules';
import type { View } from './view';

type Server = DocumentOf<'server'>;

export function checkServers(view: View): Breach[] {
  return [...view.servers.values()].flatMap((server) => [
    ...checkError(server),
    ...checkImage(server, view),
    ...checkVolumeList(server, view),
  ]);
}

function breach(rule: RuleId, server: Server, message: string): Breach {
  return { rule, kind: 'server', objectId: server.id, instanceId: server.id, message };
}

function checkError(server: Server): Breach[] {
  if (server['OS-EXT-STS:vm_state'] !== 'error') return [];
  const why = server.fault?.message ?? 'no fault recorded';
  return [breach('server.in-error', server, `Server ${server.name} is in error: ${why.replace(/\.$/, '')}.`)];
}

function checkImage(server: Server, { inventory, known }: View): Breach[] {
  if (server.image === '' || server.image === null) return [];
  const { id } = server.image;
  if (known.images.has(id) || inventory.of.image.some((each) => each.id === id)) return [];
  return [
    breach(
      'server.image-unknown',
      server,
      `Server ${server.name} was made from image ${id}, which is not here.`,
    ),
  ];
}

/** A server document lists its volumes as well; both lists are Nova's own, so they should agree. */
function checkVolumeList(server: Server, view: View): Breach[] {
  if (!view.inventory.askedForVolumes.has(server.id)) return [];
  const own = new Set(server['os-extended-volumes:volumes_attached'].map((each) => each.id));
  const disks = view.inventory.of['server-volume'].filter((each) => each.value.serverId === server.id);
  const listed = new Set(disks.map((each) => each.value.volumeId));
  const only = (these: Set<string>, those: Set<string>) =>
    [...these].filter((id) => !those.has(id)).map((id) => view.volumeName(id));
  const [extra, missing] = [only(own, listed), only(listed, own)];
  if (extra.length + missing.length === 0) return [];
  const parts = [
    ...(extra.length === 0 ? [] : [`lists ${extra.join(', ')} without a disk`]),
    ...(missing.length === 0 ? [] : [`does not list its disks ${missing.join(', ')}`]),
  ];
  return [breach('server.volume-list-differs', server, `Server ${server.name} ${parts.join(' and ')}.`)];
}

export function checkHosts({ inventory }: View): Breach[] {
  return inventory.of['compute-service'].flatMap(({ value: agent }) => {
    if (agent.binary !== 'nova-compute' || agent.state === 'up') return [];
    const on = inventory.of.server.filter((each) => each.value['OS-EXT-SRV-ATTR:host'] === agent.host);
    if (on.length === 0) return [];
    const names = on.map((each) => each.value.name).sort();
    const message = `Host ${agent.host} is down, with ${names.join(', ')} on it.`;
    return [{ rule: 'host.down', kind: 'host', objectId: agent.host, message }];
  });
}
