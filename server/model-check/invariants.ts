/**
 * What must be so in every state, whoever did what and whatever failed. Written by hand, not taken from the rules.
 */
import type { AttachmentRecord, VolumeRecord, World } from '~/server/domain/engine/world';
import { PROJECT } from './cloud';
import type { State } from './moves';
import { hiddenLeft, ownerless } from './owners';
import { forced, misplaced, missingDisk, untold } from './truth';

/** Statuses that say what the attachments are, and nothing else. */
const DERIVED = ['available', 'reserved', 'attaching', 'in-use'];

type Invariant = (state: State) => string | null;

function liveOf(world: World, volume: VolumeRecord): AttachmentRecord[] {
  return [...world.attachment.values()].filter((each) => each.volumeId === volume.id);
}

function first<Item>(items: Iterable<Item>, wrong: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = wrong(item);
    if (found !== null) return found;
  }
  return null;
}

const oneWriter: Invariant = ({ world, reality, byHand }) =>
  first(world.volume.values(), (volume) => {
    // Whoever deletes by force what guests have, and takes it back when that fails, answers for it.
    if (volume.multiattach || byHand.has(forced(volume.id))) return null;
    const holders = [...reality.guests.values()].filter((each) => each.volumeId === volume.id);
    const servers = new Set(holders.map((each) => each.serverId));
    return servers.size > 1 ? `${volume.id} is in the hands of ${[...servers].join(' and ')}` : null;
  });

const oneInstance: Invariant = ({ world }) =>
  first(world.volume.values(), (volume) => {
    if (volume.multiattach) return null;
    const instances = new Set(liveOf(world, volume).map((each) => each.instanceId ?? each.id));
    return instances.size > 1 ? `${volume.id} is attached to ${[...instances].join(' and ')}` : null;
  });

function twice(keys: readonly string[]): string | null {
  return keys.find((key, index) => keys.indexOf(key) !== index) ?? null;
}

const uniqueDisks: Invariant = ({ world }) => {
  const disks = [...world.attachment.values()].filter((each) => each.bdmId !== null);
  const pair = twice(disks.map((each) => `${each.serverId} ${each.volumeId}`));
  if (pair !== null) return `${pair} are paired twice`;
  const device = twice(
    disks.flatMap((each) => (each.device === null ? [] : [`${each.serverId} ${each.device}`])),
  );
  return device === null ? null : `${device} is taken twice`;
};

const liveRows: Invariant = ({ world }) =>
  first(world.attachment.values(), (row) => {
    if (!world.volume.has(row.volumeId)) return `${row.id} is attached to a volume that is gone`;
    if (row.multiattach !== world.volume.get(row.volumeId)?.multiattach)
      return `${row.id} is not as shared as its volume`;
    if (row.attachStatus === 'detached') return `${row.id} is live and detached`;
    if (row.attachStatus === null && row.bdmId === null) return `${row.id} has no side`;
    if ((row.bdmId === null) !== (row.serverId === null)) return `${row.id} has half a compute side`;
    if (row.serverId !== null && row.serverId !== row.instanceId) return `${row.id} is of two instances`;
    if (row.serverId !== null && !world.server.has(row.serverId))
      return `${row.id} is on a server that is gone`;
    return null;
  });

const statusIsImplied: Invariant = ({ world, byHand }) =>
  first(world.volume.values(), (volume) => {
    if (byHand.has(volume.id) || !DERIVED.includes(volume.status)) return null;
    // The status of what is migrated, and of what it is copied to, is the migration's until it ends (Cinder db/api.py,
    // volume_detached, leaves a migrating volume as it is when somebody deletes its attachment).
    if (![null, 'success', 'error'].includes(volume.migrationStatus)) return null;
    const has = (status: string) => liveOf(world, volume).some((each) => each.attachStatus === status);
    const implied = has('attached')
      ? 'in-use'
      : has('attaching')
        ? 'attaching'
        : has('reserved')
          ? 'reserved'
          : 'available';
    // A further reservation or connection of a shared volume shows before it is complete (cinder volume/api.py).
    const shown = volume.multiattach || liveOf(world, volume).length > 1;
    if (volume.status === implied || (shown && has(volume.status))) return null;
    return `${volume.id} is ${volume.status}, but its attachments say ${implied}`;
  });

const oneOwner: Invariant = ({ world }) => {
  const double = twice([...world.operation.values()].flatMap((each) => each.owns ?? []));
  return double === null ? null : `${double} has two owners`;
};

/** Hosts that share a disk would each have to encrypt it, which none can (Cinder says the same of its types). */
const sharedOrEncrypted: Invariant = ({ world }) =>
  first(world.volume.values(), ({ id, multiattach, encrypted, encryptionKeyId, typeId }) => {
    if (multiattach && encrypted) return `${id} is multiattach and encrypted`;
    if (encrypted !== (encryptionKeyId != null))
      return `${id} is encrypted: ${encrypted}, key: ${encryptionKeyId}`;
    return !encrypted && world.volumeType.get(typeId)?.encryption != null
      ? `${id} is not encrypted as its type says`
      : null;
  });

/** Of servers, not of their disks. */
const COMPUTE = ['instances', 'cores', 'ram'];

const quotaHolds: Invariant = ({ world, byHand }) => {
  const quota = world.quota.get(PROJECT);
  // A server that was put aside counts again when its state is reset, whatever the quota: administrators may do that, and
  // Nova asks nothing either (compute/admin_actions.py, _reset_state).
  const forced = [...byHand].some((id) => world.server.has(id));
  return first(Object.entries(quota?.limits ?? {}), ([resource, limit]) => {
    if (forced && COMPUTE.includes(resource)) return null;
    const taken = (quota?.inUse[resource] ?? 0) + (quota?.reserved[resource] ?? 0);
    return taken > limit ? `${taken} ${resource} of ${limit}` : null;
  });
};

export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'one writer on an ordinary volume': oneWriter,
  'one instance on an ordinary volume': oneInstance,
  'a pair and a device once': uniqueDisks,
  'live rows are whole': liveRows,
  'the status is what the attachments imply': statusIsImplied,
  'shared or encrypted': sharedOrEncrypted,
  'one owner': oneOwner,
  'what is in progress has an owner': ownerless,
  'what is hidden is in progress': hiddenLeft,
  'a server is where its state says': misplaced,
  'a running server has its disks': missingDisk,
  'rows tell of what guests and storage have': untold,
  'quota holds': quotaHolds,
};

/** @returns what is wrong with a state; null when nothing is */
export function violation(state: State): string | null {
  return first(Object.entries(INVARIANTS), ([name, holds]) => {
    const wrong = holds(state);
    return wrong === null ? null : `${name}: ${wrong}`;
  });
}
