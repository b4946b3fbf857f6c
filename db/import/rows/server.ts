/**
 * Servers, and the history of each: rows from what Nova says.
 */
import { deterministicUuid } from '~/db/import/deterministic-uuid';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import type { Inventory } from '~/db/import/inventory';
import { sourceOf } from '~/db/import/inventory';
import type { Known } from '~/db/import/load/known';
import type { Breach } from '~/db/import/rules';
import type { EmbeddedFlavor, servers } from '~/db/schema/compute';
import type { operations } from '~/db/schema/operation';
import { serverStatus, TASK_STATES, type TaskState, VM_STATES, type VmState } from '~/server/domain/server';
import type { Converted, Made } from './row';

type Server = DocumentOf<'server'>;

export function serverRows(inventory: Inventory, known: Known): Converted<typeof servers.$inferInsert> {
  const breaches: Breach[] = [];
  const about = (server: Server) => ({ kind: 'server', objectId: server.id, instanceId: server.id });
  const rows = inventory.of.server.map((document) => {
    const { value: server } = document;
    const states = statesOf(server);
    if (states === null) {
      breaches.push({
        ...about(server),
        rule: 'server.state-unknown',
        message: `Server ${server.name} is ${server['OS-EXT-STS:vm_state']}, task ${server['OS-EXT-STS:task_state'] ?? 'none'}.`,
      });
    }
    // An unknown state must not let anything happen: in `error` nothing does.
    const { vmState, taskState } = states ?? { vmState: 'error', taskState: null };
    const status = serverStatus(vmState, taskState);
    if (states !== null && status !== server.status) {
      breaches.push({
        ...about(server),
        rule: 'server.status-differs',
        message: `Server ${server.name} says ${server.status}; ${vmState} with task ${taskState ?? 'none'} is ${status}.`,
      });
    }
    const flavor = flavorOf(server, inventory);
    if (flavor === null) {
      breaches.push({
        ...about(server),
        rule: 'server.flavor-unknown',
        message: `Server ${server.name} has flavor ${flavorId(server)}, which is not among the flavors.`,
      });
    }
    return {
      row: {
        id: server.id,
        projectId: server.tenant_id,
        userId: server.user_id,
        name: server.name,
        description: server.description,
        vmState,
        taskState,
        status,
        powerState: server['OS-EXT-STS:power_state'],
        host: server['OS-EXT-SRV-ATTR:host'],
        // Offloaded servers are in no zone; where they will be is not known before they are.
        availabilityZone: server['OS-EXT-AZ:availability_zone'] || 'nova',
        flavorId: flavorIdOf(server, inventory, known),
        flavor: flavor ?? { ...NO_SIZES, name: flavorId(server) ?? 'unknown' },
        imageId: imageIdOf(server),
        hostname: server['OS-EXT-SRV-ATTR:hostname'],
        rootDeviceName: server['OS-EXT-SRV-ATTR:root_device_name'],
        keyName: server.key_name,
        configDrive: server.config_drive === true || server.config_drive === 'True',
        lockedBy: lockHolder(server, inventory),
        lockedReason: server.locked ? server.locked_reason : null,
        metadata: server.metadata,
        tags: server.tags,
        fault: faultOf(server),
        launchedAt: server['OS-SRV-USG:launched_at'],
        terminatedAt: server['OS-SRV-USG:terminated_at'],
        createdAt: server.created,
        updatedAt: server.updated,
        statusSince: server.updated,
        deletedAt: vmState === 'deleted' ? (server['OS-SRV-USG:terminated_at'] ?? server.updated) : null,
      },
      from: [sourceOf(document)],
    };
  });
  return { rows, breaches };
}

function statesOf(server: Server): { vmState: VmState; taskState: TaskState | null } | null {
  const vmState = VM_STATES.find((state) => state === server['OS-EXT-STS:vm_state']);
  const task = server['OS-EXT-STS:task_state'];
  const taskState = task === null ? null : TASK_STATES.find((state) => state === task);
  return vmState === undefined || taskState === undefined ? null : { vmState, taskState };
}

const NO_SIZES = { vcpus: 0, ramMib: 0, diskGib: 0, ephemeralGib: 0, swapMib: 0, extraSpecs: {} };

/** Below 2.47 a server names its flavor, from then on it carries it. */
function flavorOf(server: Server, inventory: Inventory): EmbeddedFlavor | null {
  const { flavor } = server;
  if (isEmbedded(flavor)) {
    const { original_name: name, vcpus, ram, disk, ephemeral, swap, extra_specs } = flavor;
    return {
      name,
      vcpus,
      ramMib: ram,
      diskGib: disk,
      ephemeralGib: ephemeral,
      swapMib: swap,
      extraSpecs: extra_specs,
    };
  }
  const named = inventory.of.flavor.find((each) => each.id === flavor.id)?.value;
  if (named === undefined) return null;
  return {
    name: named.name,
    vcpus: named.vcpus,
    ramMib: named.ram,
    diskGib: named.disk,
    ephemeralGib: named['OS-FLV-EXT-DATA:ephemeral'],
    swapMib: named.swap,
    extraSpecs: named.extra_specs,
  };
}

type Embedded = Extract<Server['flavor'], { original_name: string }>;

function isEmbedded(flavor: Server['flavor']): flavor is Embedded {
  return 'original_name' in flavor;
}

function flavorId(server: Server): string | null {
  return isEmbedded(server.flavor) ? null : server.flavor.id;
}

function flavorIdOf(server: Server, inventory: Inventory, known: Known): string | null {
  const { flavor } = server;
  if (!isEmbedded(flavor)) return flavor.id;
  const id = inventory.of.flavor.find((each) => each.value.name === flavor.original_name)?.id;
  const here = id === undefined ? undefined : known.flavors.get(id);
  return id !== undefined && (here ?? flavor.original_name) === flavor.original_name ? id : null;
}

function imageIdOf(server: Server): string | null {
  return server.image === '' || server.image === null ? null : server.image.id;
}

/**
 * The API says that a server is locked, not by whom; its history does: who locked it last, and whether that was the
 * user to whom the server belongs. Without such a trace it was an administrator, the stricter of the two.
 */
function lockHolder(server: Server, inventory: Inventory): 'owner' | 'admin' | null {
  if (!server.locked) return null;
  const locks = inventory.of['instance-action']
    .map((each) => each.value)
    .filter((each) => each.instance_uuid === server.id && each.action === 'lock')
    .sort((a, b) => b.start_time.getTime() - a.start_time.getTime());
  return locks[0]?.user_id === server.user_id ? 'owner' : 'admin';
}

function faultOf(server: Server) {
  if (server.fault === undefined) return null;
  const { code, message, created, details } = server.fault;
  return { code, message, created, ...(details === undefined ? {} : { details }) };
}

/** Nova's word for an action of which some step failed; it says no more than that in a list. */
const FAILED = 'Error';

/** What was done to servers, as operations that have ended. */
export function operationRows(
  inventory: Inventory,
  userNames: ReadonlyMap<string, string>,
): Made<typeof operations.$inferInsert>[] {
  const servers = new Map(inventory.of.server.map((each) => [each.id, each.value]));
  return inventory.of['instance-action'].map((document) => {
    const { value: action } = document;
    const server = servers.get(action.instance_uuid);
    const failed = action.message !== null;
    const ended = action.updated_at ?? action.start_time;
    return {
      row: {
        id: deterministicUuid('instance-action', document.id),
        requestId: action.request_id,
        action: action.action,
        userId: action.user_id ?? 'unknown',
        userName: userNames.get(action.user_id ?? '') ?? action.user_id ?? 'unknown',
        projectId: action.project_id ?? server?.tenant_id ?? 'unknown',
        serverId: action.instance_uuid,
        serverName: server?.name ?? null,
        outcome: failed ? ('failed' as const) : ('succeeded' as const),
        reason: failed ? failureReason(action.message, server) : null,
        cause: failed ? ('fault' as const) : null,
        startedAt: action.start_time,
        updatedAt: ended,
        endedAt: ended,
      },
      from: [sourceOf(document)],
    };
  });
}

function failureReason(message: string | null, server: Server | undefined): string {
  const fault = server?.fault?.message;
  const said = message === FAILED || message === null ? 'The cloud recorded an error' : message;
  return fault === undefined ? `${said}.` : `${said}; the server's fault is: ${fault.replace(/\.$/, '')}.`;
}
