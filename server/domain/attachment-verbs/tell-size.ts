/**
 * The host of a server is asked to look at the size of one of its disks anew, so that the guest sees what storage has
 * made of the volume. Asks for no state and no lock of the server, as Nova.
 * Source: nova compute/manager.py, extend_volume, which the external event `volume-extended` leads to.
 */
import { type Ask, defineVerb, type Phase, type Rule, type Step, type Work } from '../engine/verb';
import { type AttachmentRecord, rowOf, type ServerRecord } from '../engine/world';
import { serverStatus } from '../server';
import { POWER_STATE } from '../server-action';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, shellWord } from '../volume-verbs/volume-words';
import { carriedNumber } from '../volume-verbs/volume-work';
import {
  attachmentOf,
  holderName,
  idleRule,
  knownToComputeRule,
  volumeOfAttachment,
} from './attachment-rules';

const SOURCE = 'nova compute/manager.py, extend_volume';

/** Nova calls what has no connection_info not attached, and leaves it alone. */
const connectedRule: Rule<object> = {
  id: 'not-connected',
  code: 'conflict',
  source: SOURCE,
  test: (ask) => {
    const { attachStatus, connectionInfo } = attachmentOf(ask);
    if (attachStatus === 'attached' && connectionInfo !== null) return null;
    const { name } = volumeOfAttachment(ask);
    return {
      message: `Volume ${name} is ${attachStatus === 'attached' ? 'attached without a connection' : (attachStatus ?? 'unknown to storage')}; only a guest that has the disk can be told its size.`,
      remedy: advice('Nothing has to be done: the size is told when the disk is connected.'),
    };
  },
};

function serverOf({ world, id }: Pick<Ask<object>, 'world' | 'id'>): ServerRecord | null {
  return world.server.get(attachmentOf({ world, id }).serverId ?? '') ?? null;
}

const onHostRule: Rule<object> = {
  id: 'no-host',
  code: 'conflict',
  source: 'nova api/openstack/compute/server_external_events.py: what is on no host is told nothing',
  test: (ask) => {
    const server = serverOf(ask);
    if (server === null || server.host !== null) return null;
    return {
      message: `Server ${server.name} is ${serverStatus(server.vmState, server.taskState)} and on no host that could be asked.`,
      remedy: advice('Nothing has to be done: its guest sees the size once it is on a host again.'),
    };
  },
};

const hostUpRule: Rule<object> = {
  id: 'host-down',
  code: 'conflict',
  source: 'told at once here; upstream asks into the void',
  test: (ask) => {
    const server = serverOf(ask);
    if (server === null || server.host === null || ask.world.host.get(server.host)?.up === true) return null;
    return {
      message: `Compute host ${server.host} of server ${server.name} is down; nobody could show the guest the size of the disk.`,
      remedy: advice(
        `Bring the compute service on ${server.host} back, then try again.`,
        `openstack compute service list --host ${server.host}`,
      ),
    };
  },
};

/** Such a guest sees the size when it starts (Nova virt/libvirt/driver.py, extend_volume). */
function sleeps({ powerState }: ServerRecord): boolean {
  return powerState === POWER_STATE.shutdown || powerState === POWER_STATE.suspended;
}

function diskOf({ world, operation }: Work): { disk: AttachmentRecord; server: ServerRecord } | null {
  const { attachmentId = '', serverId = '' } = operation.subject;
  const disk = world.attachment.get(attachmentId);
  const server = world.server.get(serverId);
  return disk?.serverId === serverId && server !== undefined ? { disk, server } : null;
}

function done(work: Work): Step {
  const found = diskOf(work);
  // Let go meanwhile: there is no guest any more that has to see anything.
  if (found === null) return { changes: [], message: 'The disk is gone by now', outcome: 'succeeded' };
  const { server, disk } = found;
  const { name, sizeGib } = rowOf(work.world, 'volume', disk.volumeId);
  if (sizeGib !== carriedNumber(work, 'sizeGib')) {
    const message = `${name} has changed to ${sizeGib} GiB meanwhile`;
    return { changes: [], message, outcome: 'running', next: 'tell', carry: { sizeGib } };
  }
  const message = sleeps(server)
    ? `${server.name} is not running, and sees ${name} with ${sizeGib} GiB when it starts`
    : `${server.name} sees ${name} with ${sizeGib} GiB`;
  return { changes: [], message, outcome: 'succeeded' };
}

const tell: Phase = {
  tasks: (work) => {
    const found = diskOf(work);
    if (found === null || found.server.host === null || sleeps(found.server)) return [];
    const { id: attachmentId, volumeId } = found.disk;
    const args = { attachmentId, sizeGib: carriedNumber(work, 'sizeGib') };
    return [{ call: 'extendDevice', serverId: found.server.id, volumeId, args }];
  },
  done,
  failed: (work, reason) => {
    const name = work.world.volume.get(work.operation.subject.volumeId ?? '')?.name ?? 'The volume';
    return {
      changes: [],
      message: `The guest does not know the new size of ${name}`,
      outcome: 'failed',
      reason: `${name} has its size, but its server could not be told: ${reason}`,
      cause: 'fault',
    };
  },
};

export const tellSize = defineVerb({
  name: 'attachment.tell-size',
  noun: 'attachment',
  fields: {},
  life: null,
  rules: [knownToComputeRule(SOURCE), connectedRule, onHostRule, hostUpRule, idleRule('telling the size')],
  plan: (ask) => {
    const { id, volumeId, serverId } = attachmentOf(ask);
    const { name, sizeGib } = volumeOfAttachment(ask);
    return {
      changes: [],
      subject: { volumeId, attachmentId: id, ...(serverId === null ? {} : { serverId }) },
      job: { phase: 'tell', owns: id, carry: { sizeGib } },
      message: `${holderName(ask.world, attachmentOf(ask))} is to see ${name} with ${sizeGib} GiB`,
    };
  },
  phases: { tell },
  steps: (ask) => {
    const { name, sizeGib } = volumeOfAttachment(ask);
    return [
      `The host of ${holderName(ask.world, attachmentOf(ask))} looks at volume ${name} anew, and shows the guest its ${sizeGib} GiB.`,
      'A guest that does not run sees them when it starts. The file system on the disk is for the guest to grow.',
    ];
  },
  onFailure: 'The guest goes on with the size it knows; nothing else changes.',
  spoken: (ask) => {
    const { serverId, volumeId } = attachmentOf(ask);
    const body = { events: [{ name: 'volume-extended', server_uuid: serverId ?? '', tag: volumeId }] };
    const command = commandOf(
      'curl -H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json"',
      '-H "OpenStack-API-Version: compute 2.51"',
      `-d ${shellWord(JSON.stringify(body))} "$COMPUTE_ENDPOINT/os-server-external-events"`,
    );
    return { command, request: { method: 'POST', path: '/v2.1/os-server-external-events', body } };
  },
});
