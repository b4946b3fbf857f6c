/**
 * A server is put aside, to be deleted later or brought back. Its disks stay its own, connected as they are.
 */
import type { ActionName } from '../action';
import { type Change, update } from '../engine/change';
import { defineVerb, type Phase } from '../engine/verb';
import { ownerOf, rowOf, type ServerRecord, type World } from '../engine/world';
import { POWER_STATE } from '../server-action';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { abandonedVolumes } from './delete-server';
import {
  hostOf,
  hostRule,
  launchedRule,
  lockRule,
  type ServerRule,
  serverOf,
  stateRules,
} from './server-rules';
import { diskNames, serverAction } from './server-words';
import { giveUp, serverInHand, serverOvertaken } from './server-work';

/** What a restore goes back to. A resize that nobody has settled is confirmed by it (Nova compute/api.py, _delete). */
function put(server: ServerRecord): Change {
  const { vmState, flavorId, flavor, former } = server;
  return update('server', server.id, {
    vmState: 'soft-delete',
    taskState: null,
    former: vmState === 'soft-delete' ? former : { vmState, flavorId, flavor },
  });
}

function isUnderWay(world: World, { id, taskState }: ServerRecord): boolean {
  const action = ownerOf(world, id)?.action;
  return (
    (taskState === 'soft-deleting' && action === 'server.soft-delete') ||
    (taskState === 'deleting' && (action === 'server.delete' || action === 'server.force-delete'))
  );
}

/** Work that takes a server from one host to another, its disks with it. */
const MOVES: readonly ActionName[] = [
  'server.shelve',
  'server.shelve-offload',
  'server.unshelve',
  'server.resize',
  'server.revert-resize',
];

/** Given up on the way, nobody knows where it is and which disks it has; should it not be put aside, that has to show. */
function astray(world: World, id: string): Partial<ServerRecord> {
  const owner = ownerOf(world, id);
  return owner !== null && MOVES.includes(owner.action) ? { vmState: 'error' } : {};
}

const powerOff: Phase = {
  tasks: ({ operation }) => [{ call: 'powerOff', serverId: operation.subject.serverId ?? '' }],
  done: (work) => {
    const server = serverInHand(work, ['soft-deleting']);
    if (server === null) return serverOvertaken(work);
    return {
      changes: [update('server', server.id, { powerState: POWER_STATE.shutdown }), put(server)],
      message: `${server.name} is put aside`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, ['soft-deleting']);
    return server === null
      ? serverOvertaken(work)
      : giveUp(server, `${server.name} could not be powered off`, reason);
  },
};

export const SOFT_DELETE_SERVER = defineVerb({
  name: 'server.soft-delete',
  noun: 'server',
  fields: {},
  life: { from: ['*'], during: 'soft-deleting', done: 'soft-delete', failed: '=' },
  // Any vm_state, any task_state; what has never run is deleted for good instead (Nova servers.py, _delete).
  rules: [lockRule('server.soft-delete'), launchedRule('server.soft-delete')],
  plan: ({ world, id }) => {
    const server = serverOf({ world, id });
    const subject = { serverId: id };
    if (isUnderWay(world, server))
      return { changes: [], subject, job: null, message: `${server.name} is being deleted already` };
    const relieves = [id];
    const abandoned = abandonedVolumes(world, id);
    if (hostOf(world, server)?.up !== true)
      return {
        changes: [...abandoned, put(server)],
        subject,
        relieves,
        job: null,
        message: `${server.name} is put aside`,
      };
    return {
      changes: [...abandoned, update('server', id, { ...astray(world, id), taskState: 'soft-deleting' })],
      subject,
      relieves,
      job: { phase: 'act', owns: id },
      message: `Host ${server.host ?? ''} powers ${server.name} off`,
    };
  },
  phases: { act: powerOff },
  steps: (ask) => {
    const { name } = serverOf(ask);
    const disks = diskNames(ask);
    return [
      `Server ${name} is powered off and becomes SOFT_DELETED; it no longer counts against the quota.`,
      disks === null ? 'It has no volumes.' : `${disks} stay attached, and are not touched.`,
      'It can be restored, until it is deleted for good.',
    ];
  },
  warnings: (ask) => [`What runs on ${serverOf(ask).name} is stopped.`],
  onFailure:
    'When its host cannot power it off, the server stays what it was; in ERROR, if it was on its way to another host.',
  spoken: ({ id }) => ({
    command: `openstack server delete ${id}`,
    request: { method: 'DELETE', path: `/v2.1/servers/${id}`, body: null },
  }),
});

/** What has been put aside did not count meanwhile. */
const quotaRule: ServerRule = {
  id: 'over-quota',
  code: 'over_quota',
  source: 'nova compute/api.py, restore, check_num_instances_quota',
  test: (ask) => {
    const { projectId, flavor } = serverOf(ask);
    const quota = rowOf(ask.world, 'quota', projectId);
    return quotaObjection(ask, quota, { instances: 1, cores: flavor.vcpus, ram: flavor.ramMib });
  },
};

const powerOn: Phase = {
  tasks: ({ operation }) => [{ call: 'powerOn', serverId: operation.subject.serverId ?? '' }],
  done: (work) => {
    const server = serverInHand(work, ['restoring']);
    if (server === null) return serverOvertaken(work);
    const changes = {
      vmState: 'active',
      taskState: null,
      powerState: POWER_STATE.running,
      former: null,
    } as const;
    return {
      changes: [update('server', server.id, changes)],
      message: `${server.name} is ACTIVE again`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, ['restoring']);
    return server === null
      ? serverOvertaken(work)
      : giveUp(server, `${server.name} could not be brought back`, reason);
  },
};

export const RESTORE_SERVER = defineVerb({
  name: 'server.restore',
  noun: 'server',
  fields: {},
  life: { from: ['soft-delete'], during: 'restoring', done: 'active', failed: '=' },
  roots: ({ actor }) => ({ quotas: [actor.projectId] }),
  rules: [...stateRules('server.restore', ['soft-delete']), quotaRule, awayOrUp()],
  plan: ({ world, id }) => {
    const server = serverOf({ world, id });
    const { name, flavor, host, former } = server;
    const subject = { serverId: id };
    // On no host there is nothing to power on: it is what it was (upstream calls it ACTIVE, which it is not).
    if (host === null)
      return {
        changes: [update('server', id, { vmState: former?.vmState ?? 'error', former: null })],
        subject,
        job: null,
        message: `${name} is back`,
      };
    return {
      changes: [update('server', id, { taskState: 'restoring' })],
      subject,
      job: {
        phase: 'act',
        owns: id,
        reserves: { instances: 1, cores: flavor.vcpus, ram: flavor.ramMib },
      },
      message: `Host ${host} powers ${name} on`,
    };
  },
  phases: { act: powerOn },
  steps: (ask) => [
    `Server ${serverOf(ask).name} is powered on and becomes ACTIVE; its volumes are still attached.`,
  ],
  onFailure: 'When its host cannot power it on, it stays SOFT_DELETED.',
  spoken: ({ id }) => serverAction(id, `restore ${id}`, { restore: null }),
});

function awayOrUp(): ServerRule {
  const rule = hostRule('server.restore');
  return { ...rule, test: (ask) => (serverOf(ask).host === null ? null : rule.test(ask)) };
}
