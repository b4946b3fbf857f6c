/**
 * A shelved server runs again: where it is, or, when it is on no host, on one that takes it, with its disks connected.
 */
import type { Json } from '../connection';
import { applyChanges, type Change, update } from '../engine/change';
import { defineVerb, type Phase, type Step, type Work } from '../engine/verb';
import {
  type AttachmentRecord,
  attachmentsOf,
  disksOf,
  type ServerRecord,
  type World,
} from '../engine/world';
import { POWER_STATE } from '../server-action';
import { commandOf, option, shellWord } from '../volume-verbs/volume-words';
import { connectPhases, inTurn } from './connect-disks';
import { disconnectPhase, type Last } from './disconnect-disks';
import { attachedAway, type Connection, connectedAsBefore, connectionOf, holdForServer } from './disk-moves';
import { strandServer } from './move-server';
import { serverOf } from './server-rules';
import { diskNames, serverAction } from './server-words';
import { giveUp, serverInHand, serverOvertaken } from './server-work';
import { hostFor, UNSHELVE_RULES } from './unshelve-rules';

const TASKS = ['unshelving', 'spawning'] as const;

function awake(server: ServerRecord): Change {
  return update('server', server.id, {
    vmState: 'active',
    taskState: null,
    powerState: POWER_STATE.running,
  });
}

const wake: Phase = {
  tasks: ({ world, operation }) => {
    const serverId = operation.subject.serverId ?? '';
    return world.server.get(serverId)?.vmState === 'shelved'
      ? [{ call: 'powerOn', serverId }]
      : [{ call: 'unshelve', serverId, args: {} }];
  },
  done: (work) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    return { changes: [awake(server)], message: `${server.name} is ACTIVE`, outcome: 'succeeded' };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    if (server.vmState === 'shelved') return giveUp(server, `${server.name} stays SHELVED`, reason);
    // The host may have made it nevertheless; its disks are let go when it is gone.
    return {
      changes: [],
      message: `${server.name} is removed from its host again`,
      outcome: 'running',
      next: 'detach',
      reason,
    };
  },
};

const removal: Phase = {
  tasks: ({ operation }) => [{ call: 'offload', serverId: operation.subject.serverId ?? '', args: {} }],
  done: (work) => {
    const server = serverInHand(work, TASKS);
    return server === null ? serverOvertaken(work) : goBack(work, server, work.operation.reason ?? '');
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    return server === null ? serverOvertaken(work) : strandServer(server, work.operation.reason ?? reason);
  },
};

/** Its disks are let go again, and held for it (Nova compute/manager.py, unshelve_instance, on failure). */
function goBack(work: Work, server: ServerRecord, reason: string): Step {
  const attachments = disksOf(work.world, server.id).map(({ id }) => id);
  // Who only was to say who it is has asked storage for nothing.
  if (attachments.length === 0 || work.operation.phase === 'reserve')
    return back(work, server, { changes: [], said: '' }, reason);
  return {
    changes: [],
    message: 'Its disks are let go again',
    outcome: 'running',
    next: 'roll-back',
    reason,
    carry: { attachments },
  };
}

const letGoAgain = disconnectPhase({
  tasks: TASKS,
  phase: 'roll-back',
  end: back,
  disk: (work, disk, letGo) => {
    const before = formerConnection(work, disk);
    if (before !== null) return { changes: connectedAsBefore(work.world, disk, before) };
    // Without a connector nothing was done about it yet.
    if (disk.connector === null) return { changes: [] };
    return { changes: holdForServer(work.world, disk, work.fresh(), !letGo) };
  },
});

/** What somebody had connected by hand before, by attachment. */
function formerConnections(disks: readonly AttachmentRecord[]): Record<string, Json> {
  const connected = disks.filter(({ connector }) => connector !== null);
  return Object.fromEntries(connected.map((disk) => [disk.id, connectionOf(disk)]));
}

function formerConnection({ operation }: Work, { id }: AttachmentRecord): Connection | null {
  const { connections } = operation.carry;
  // Written by formerConnections, and by nobody else.
  return (connections as Record<string, Connection> | undefined)?.[id] ?? null;
}

/** What was attached while the server was on no host is so again, unless storage did not let it go. */
function reattached(world: World, serverId: string, attached: unknown): Change[] {
  const disks = disksOf(world, serverId).filter(
    ({ volumeId, instanceId, attachStatus }) =>
      Array.isArray(attached) &&
      attached.includes(volumeId) &&
      attachStatus === 'reserved' &&
      attachmentsOf(world, volumeId).filter((each) => each.instanceId === instanceId).length === 1,
  );
  return inTurn(world, disks, attachedAway);
}

/** Names that it was given on the way are taken back, too. */
function back(
  { world, operation }: Work,
  server: ServerRecord,
  { changes }: Last,
  reason = operation.reason ?? 'It could not be unshelved.',
): Step {
  const { unnamed, attached } = operation.carry;
  const held = applyChanges(world, changes);
  const nameless = disksOf(held, server.id).filter(
    ({ volumeId }) => Array.isArray(unnamed) && unnamed.includes(volumeId),
  );
  return {
    changes: [
      ...changes,
      ...nameless.map(({ id }) => update('attachment', id, { device: null })),
      ...reattached(held, server.id, attached),
      update('server', server.id, { taskState: null, host: null }),
    ],
    message: `${server.name} stays SHELVED_OFFLOADED`,
    outcome: 'failed',
    reason,
  };
}

export const UNSHELVE_SERVER = defineVerb({
  name: 'server.unshelve',
  noun: 'server',
  fields: {
    zone: { kind: 'text', label: 'Availability zone', min: 1, max: 255, optional: true },
    host: {
      kind: 'pick',
      of: 'host',
      label: 'Host',
      hint: 'For administrators; any host that can take it, when left out.',
      optional: true,
    },
  },
  life: { from: ['shelved', 'shelved_offloaded'], during: 'unshelving', done: 'active', failed: '=' },
  // Whoever asks for flavors gets every host.
  roots: () => ({ flavors: [] }),
  rules: UNSHELVE_RULES,
  plan: ({ world, id, input }) => {
    const server = serverOf({ world, id });
    const host = hostFor(world, server, input);
    const zone = input.zone ?? world.host.get(input.host ?? '')?.zone;
    const moved = zone === undefined ? {} : { availabilityZone: zone };
    const away = server.vmState === 'shelved_offloaded';
    const disks = disksOf(world, id);
    const attachments = disks.map((disk) => disk.id);
    const attached = disks.flatMap(({ volumeId, attachStatus }) =>
      attachStatus === 'attached' ? [volumeId] : [],
    );
    return {
      changes: [update('server', id, { taskState: 'unshelving', host, ...moved })],
      subject: { serverId: id },
      job: {
        phase: away && attachments.length > 0 ? 'reserve' : 'act',
        owns: id,
        carry: { attachments, attached, connections: formerConnections(disks) },
      },
      message: `Host ${host ?? ''} takes ${server.name}`,
    };
  },
  phases: {
    ...connectPhases({ tasks: TASKS, next: 'act', task: 'spawning', failed: goBack }),
    act: wake,
    detach: removal,
    'roll-back': letGoAgain,
  },
  steps: (ask) => {
    const server = serverOf(ask);
    const names = diskNames(ask);
    if (server.vmState === 'shelved')
      return [`Host ${server.host ?? ''} powers server ${server.name} on, and it becomes ACTIVE.`];
    return [
      `Server ${server.name} comes to host ${hostFor(ask.world, server, ask.input) ?? ''} and becomes ACTIVE.`,
      names === null ? 'It has no volumes.' : `${names} are connected to that host, and given to the guest.`,
    ];
  },
  onFailure: 'When host or storage cannot do it, everything is let go again, and the server stays shelved.',
  spoken: ({ id, input: { zone, host } }) => {
    const place = {
      ...(zone === undefined ? {} : { availability_zone: zone }),
      ...(host === undefined ? {} : { host }),
    };
    const command = commandOf(
      'unshelve',
      option('--availability-zone', zone),
      option('--host', host),
      shellWord(id),
    );
    return serverAction(id, command, { unshelve: Object.keys(place).length === 0 ? null : place });
  },
});
