/**
 * A server is deleted: its guest, its disks, its record. In any state, and whatever storage says.
 */
import { applyChanges, type Change, remove, update } from '../engine/change';
import {
  type AnyVerb,
  type Ask,
  defineVerb,
  type Phase,
  type Plan,
  type Step,
  type Work,
} from '../engine/verb';
import { disksOf, ownerOf, type ServerRecord, type World } from '../engine/world';
import { keptInUse } from '../volume-verbs/relieved-work';
import type { Last } from './disconnect-disks';
import { letGoPhases } from './let-go';
import { hostOf, lockRule, serverOf, workOnDisks } from './server-rules';
import { fates, type Spoken } from './server-words';
import { carriedIds, serverInHand, serverOvertaken } from './server-work';

const TASKS = ['deleting'] as const;

function isUnderWay(world: World, server: ServerRecord): boolean {
  const owner = ownerOf(world, server.id);
  return (
    server.taskState === 'deleting' &&
    (owner?.action === 'server.delete' || owner?.action === 'server.force-delete')
  );
}

/** What an ended operation was making or deleting is neither: it can be deleted, and reset (Nova leaves it `creating`). */
export function abandonedVolumes(world: World, serverId: string): Change[] {
  const ids = disksOf(world, serverId).map(({ volumeId }) => volumeId);
  const carried = ownerOf(world, serverId)?.carry.volumes;
  const more = Array.isArray(carried) ? carried.filter((each) => typeof each === 'string') : [];
  return [...new Set([...ids, ...more])].flatMap((id) => {
    const volume = world.volume.get(id);
    if (volume === undefined || ownerOf(world, id) !== null) return [];
    if (volume.status === 'creating') return [update('volume', id, { status: 'error' })];
    return volume.status === 'deleting' ? [update('volume', id, { status: 'error_deleting' })] : [];
  });
}

/** @returns ids of its disks, and of what they were just being swapped for */
function attachmentsAround(world: World, serverId: string): string[] {
  const targets = workOnDisks(world, serverId).flatMap(({ carry }) =>
    typeof carry.to === 'string' && world.attachment.has(carry.to) ? [carry.to] : [],
  );
  return [...disksOf(world, serverId).map(({ id }) => id), ...targets];
}

function plan({ world, id }: Ask<object>, force: boolean): Plan {
  const server = serverOf({ world, id });
  const subject = { serverId: id };
  if (!force && isUnderWay(world, server))
    return { changes: [], subject, job: null, message: `${server.name} is being deleted already` };
  const attachments = attachmentsAround(world, id);
  const onHost = hostOf(world, server)?.up === true;
  const relieves = [id, ...attachments];
  const abandoned = [...abandonedVolumes(world, id), ...keptInUse(world, workOnDisks(world, id))];
  if (!onHost && attachments.length === 0) {
    const changes = [...abandoned, remove('server', id)];
    return { changes, subject, job: null, relieves, message: `${server.name} is deleted` };
  }
  return {
    changes: [...abandoned, update('server', id, { taskState: 'deleting' })],
    subject,
    relieves,
    job: { phase: onHost ? 'act' : 'disconnect', owns: id, carry: { attachments } },
    message: onHost
      ? `Host ${server.host ?? ''} removes ${server.name}`
      : `${server.name} is on no host that answers: its record and its disks go`,
  };
}

function gone({ world }: Work, server: ServerRecord, { changes, said }: Last): Step {
  // A migration may have put another attachment in the place of one meanwhile.
  const left = disksOf(applyChanges(world, changes), server.id).map(({ id }) => id);
  if (left.length > 0) {
    const message = said === '' ? `Another disk of ${server.name} is let go` : said;
    const carry = { attachments: left, volumes: [] };
    return { changes, message, outcome: 'running', next: 'disconnect', carry };
  }
  const message = said === '' ? `${server.name} is deleted` : `${said}; ${server.name} is deleted`;
  return { changes: [...changes, remove('server', server.id)], message, outcome: 'succeeded' };
}

const destroy: Phase = {
  tasks: ({ world, operation }) => {
    const serverId = operation.subject.serverId ?? '';
    const task = { call: 'destroy', serverId, args: {} } as const;
    // A resize that nobody has settled is confirmed first: the host it came from has something of it, too.
    const resized = world.server.get(serverId)?.vmState === 'resized';
    return resized ? [{ call: 'confirmResize', serverId, args: {} }, task] : [task];
  },
  done: (work) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    if (carriedIds(work, 'attachments').length === 0) return gone(work, server, { changes: [], said: '' });
    return {
      changes: [],
      message: `${server.name} is gone from its host`,
      outcome: 'running',
      next: 'disconnect',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    // What was put aside stays there (upstream says ERROR): it does not count against the quota, and others may be there
    // in its place by now.
    const vmState = server.vmState === 'soft-delete' ? 'soft-delete' : 'error';
    return {
      changes: [update('server', server.id, { vmState, taskState: null })],
      message: `${server.name} could not be removed from its host`,
      outcome: 'failed',
      reason,
    };
  },
};

function deletion(
  name: 'server.delete' | 'server.force-delete',
  force: boolean,
  spoken: (id: string) => Spoken,
): AnyVerb {
  return defineVerb({
    name,
    noun: 'server',
    fields: {},
    life: { from: ['*'], during: 'deleting', done: 'deleted', failed: 'error' },
    // Nova compute/api.py, delete and force_delete: any vm_state, any task_state, launched or not.
    rules: [lockRule(name)],
    plan: (ask) => plan(ask, force),
    phases: { act: destroy, ...letGoPhases({ tasks: TASKS, end: gone }) },
    confirm: (ask) => serverOf(ask).name,
    steps: (ask) => {
      const { name: called, host } = serverOf(ask);
      return [
        host === null
          ? `Server ${called} is on no host; nothing has to be removed there.`
          : `Host ${host} removes server ${called} and its local disk; when the host is down, its record goes all the same.`,
        ...fates(ask),
        'Where storage does not do its part, the server is deleted nevertheless.',
      ];
    },
    warnings: (ask) => [
      `Server ${serverOf(ask).name} and what is on its local disk cannot be brought back.`,
      ...fates(ask).filter((fate) => fate.includes(' is deleted ')),
    ],
    onFailure:
      'When its host cannot remove it, the server is left in ERROR with its volumes attached; a SOFT_DELETED one stays what it is.',
    spoken: ({ id }) => spoken(id),
  });
}

export const DELETE_SERVER = deletion('server.delete', false, (id) => ({
  command: `openstack server delete ${id}`,
  request: { method: 'DELETE', path: `/v2.1/servers/${id}`, body: null },
}));

/** Begins anew even where a deletion is under way. */
export const FORCE_DELETE_SERVER = deletion('server.force-delete', true, (id) => ({
  command: `openstack server delete --force ${id}`,
  request: { method: 'POST', path: `/v2.1/servers/${id}/action`, body: { forceDelete: null } },
}));
