/**
 * A server gets another flavor, on another host where there is one. It waits as VERIFY_RESIZE, until somebody confirms it
 * or takes it back.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Rule, type Step, type Work } from '../engine/verb';
import { disksOf, type FlavorRecord, rowOf, type ServerRecord } from '../engine/world';
import { policyRefusal } from '../policy';
import { POWER_STATE } from '../server-action';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import { chooseOtherHost, needsOf } from './host-choice';
import { type Move, movePhases, strandServer, turnBack } from './move-server';
import { asBefore, backTasks } from './resize-way';
import { disksAtRestRule, hostRule, serverOf, stateRules } from './server-rules';
import { diskNames, serverAction } from './server-words';
import { carriedText, serverInHand, serverOvertaken } from './server-work';

const TASKS = ['resize_prep', 'resize_migrating', 'resize_finish'] as const;

interface ResizeInput {
  flavor: string;
}

/** @returns the flavor that is asked for, by its id; null when there is none */
function flavorOf(ask: Ask<Partial<ResizeInput>>): FlavorRecord | null {
  return ask.world.flavor.get(ask.input.flavor ?? '') ?? null;
}

/** What the project needs more of; a smaller flavor frees what it frees when it is confirmed. */
function moreOf(server: ServerRecord, flavor: FlavorRecord): { cores: number; ram: number } {
  return {
    cores: Math.max(flavor.vcpus - server.flavor.vcpus, 0),
    ram: Math.max(flavor.ramMib - server.flavor.ramMib, 0),
  };
}

const API = 'nova compute/api.py, resize';

const FLAVOR_RULES: readonly Rule<ResizeInput>[] = [
  {
    id: 'flavor-not-found',
    code: 'invalid',
    source: `${API}, FlavorNotFound`,
    needs: ['flavor'],
    test: (ask) =>
      flavorOf(ask) === null
        ? {
            message: `There is no flavor ${ask.input.flavor}.`,
            remedy: advice('Pick one of the flavors there are.', 'openstack flavor list'),
          }
        : null,
  },
  {
    id: 'zero-disk-flavor',
    code: 'invalid',
    source: `${API}, CannotResizeDisk`,
    needs: ['flavor'],
    test: (ask) => {
      const server = serverOf(ask);
      const flavor = flavorOf(ask);
      if (flavor?.diskGib !== 0 || server.imageId === null || server.flavor.diskGib === 0) return null;
      return {
        message: `Flavor ${flavor.name} has no disk, and the root of server ${server.name} is one.`,
        remedy: advice('Choose a flavor with a disk.'),
      };
    },
  },
  {
    id: 'same-flavor',
    code: 'invalid',
    source: `${API}, CannotResizeToSameFlavor`,
    needs: ['flavor'],
    test: (ask) => {
      const server = serverOf(ask);
      const flavor = flavorOf(ask);
      if (flavor === null || flavor.id !== server.flavorId) return null;
      return {
        message: `Server ${server.name} has flavor ${flavor.name} already.`,
        remedy: advice('Choose another flavor.'),
      };
    },
  },
  {
    id: 'over-quota',
    code: 'over_quota',
    source: `${API}, _check_quota_for_upsize`,
    needs: ['flavor'],
    test: (ask) => {
      const server = serverOf(ask);
      const flavor = flavorOf(ask);
      if (flavor === null) return null;
      const quota = rowOf(ask.world, 'quota', server.projectId);
      return quotaObjection(ask, quota, moreOf(server, flavor));
    },
  },
  {
    id: 'no-valid-host',
    code: 'conflict',
    source: 'nova conductor/manager.py, _cold_migrate, NoValidHost; told at once here',
    test: (ask) => {
      const server = serverOf(ask);
      if (server.host === null || hostFor(ask, server) !== null) return null;
      return {
        message: `No host that is up and enabled can take server ${server.name} with its volumes.`,
        remedy: advice('Wait for a host, or ask an administrator to enable one.'),
      };
    },
  },
];

function hostFor(ask: Ask<Partial<ResizeInput>>, server: ServerRecord): string | null {
  const flavor = flavorOf(ask) ?? server.flavor;
  return chooseOtherHost(ask.world, server, needsOf(disksOf(ask.world, server.id), flavor));
}

const act: Phase = {
  tasks: (work) => {
    const { operation } = work;
    if (operation.reason !== null) return backTasks(work);
    const args = { flavorId: carriedText(work, 'flavorId') };
    return [{ call: 'resize', serverId: operation.subject.serverId ?? '', args }];
  },
  done: (work) => {
    const server = serverInHand(work, TASKS);
    if (server === null) return serverOvertaken(work);
    const { reason } = work.operation;
    const message = `${server.name} is back, as it was`;
    if (reason !== null) return { changes: asBefore(server), message, outcome: 'failed', reason };
    return resized(work, server);
  },
  failed: (work, reason) => {
    const server = serverInHand(work, TASKS);
    return server === null ? serverOvertaken(work) : failed(work, server, reason);
  },
};

function resized({ world, operation }: Work, server: ServerRecord): Step {
  const { id: flavorId, ...flavor } = rowOf(world, 'flavor', String(operation.carry.flavorId));
  const wasOff = server.former?.vmState === 'stopped';
  const powerState = wasOff ? POWER_STATE.shutdown : POWER_STATE.running;
  return {
    changes: [
      update('server', server.id, { vmState: 'resized', taskState: null, powerState, flavorId, flavor }),
    ],
    message: `${server.name} has flavor ${flavor.name}, and waits to be confirmed`,
    outcome: 'succeeded',
  };
}

/** It goes back once; when that fails, too, it is stranded. */
function failed(work: Work, server: ServerRecord, reason: string): Step {
  return work.operation.reason === null
    ? turnBack(work, server, reason)
    : strandServer(server, work.operation.reason);
}

const MOVE: Move = {
  tasks: TASKS,
  arriving: 'resize_finish',
  target: (work, server) =>
    work.operation.reason === null ? carriedText(work, 'host') : (server.former?.host ?? server.host),
  stays: { former: null },
  act,
  failed,
};

export const RESIZE_SERVER = defineVerb({
  name: 'server.resize',
  noun: 'server',
  fields: { flavor: { kind: 'pick', of: 'flavor', label: 'Flavor' } },
  life: { from: ['active', 'stopped'], during: 'resize_prep', done: 'resized', failed: 'error' },
  roots: ({ actor, input }) => ({
    quotas: [actor.projectId],
    flavors: input.flavor === undefined ? [] : [input.flavor],
  }),
  rules: [
    ...stateRules('server.resize', ['active', 'stopped']),
    disksAtRestRule('server.resize'),
    hostRule('server.resize'),
    ...FLAVOR_RULES,
  ],
  plan: (ask) => {
    const server = serverOf(ask);
    const { id, name, vmState, flavorId, flavor, host } = server;
    const next = rowOf(ask.world, 'flavor', ask.input.flavor);
    const former = { vmState, flavorId, flavor, ...(host === null ? {} : { host }) };
    return {
      changes: [update('server', id, { taskState: 'resize_prep', former })],
      subject: { serverId: id },
      job: {
        phase: 'detach',
        owns: id,
        carry: {
          flavorId: next.id,
          host: hostFor(ask, server),
          attachments: disksOf(ask.world, id).map((disk) => disk.id),
        },
        reserves: moreOf(server, next),
      },
      message: `${name} is to have flavor ${next.name}`,
    };
  },
  phases: movePhases(MOVE),
  steps: (ask) => {
    const server = serverOf(ask);
    const names = diskNames(ask);
    return [
      `Server ${server.name} is powered off, and comes to host ${hostFor(ask, server) ?? ''} with flavor ${flavorOf(ask)?.name ?? '?'}.`,
      names === null
        ? 'It has no volumes.'
        : `${names} go along: reserved for it on the way, and connected where it arrives.`,
      'It becomes VERIFY_RESIZE, until the resize is confirmed or reverted.',
    ];
  },
  warnings: (ask) => [
    `What runs on ${serverOf(ask).name} is interrupted.`,
    ...(policyRefusal('os_compute_api:servers:confirm_resize', ask.actor, serverOf(ask).projectId) === null
      ? []
      : ['Somebody else has to confirm it.']),
  ],
  onFailure:
    'When it cannot arrive, it goes back to where it was; when that fails, too, it becomes ERROR with its volumes reserved for it.',
  spoken: ({ id, input }) =>
    serverAction(id, `resize --flavor ${input.flavor ?? '<flavor>'} ${id}`, {
      resize: { flavorRef: input.flavor ?? '' },
    }),
});
