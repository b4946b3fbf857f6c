/**
 * A server is shelved, and sooner or later leaves its host: its guest is off, its volumes stay its own.
 */
import { update } from '../engine/change';
import { defineVerb, type Phase, type Settings, type Step, type Work } from '../engine/verb';
import { disksOf, type ServerRecord, type World } from '../engine/world';
import { POWER_STATE } from '../server-action';
import type { Last } from './disconnect-disks';
import { holdPhase } from './offload-disks';
import { disksAtRestRule, hostRule, serverOf, stateRules } from './server-rules';
import { diskNames, serverAction } from './server-words';
import { carriedIds, giveUp, serverInHand, serverOvertaken } from './server-work';

const SHELVING = ['shelving', 'shelving_offloading'] as const;

/** Without an image of its own there is nothing to keep on the host (Nova compute/manager.py, shelve_instance). */
function leavesAtOnce(server: ServerRecord, settings: Settings): boolean {
  return server.imageId === null || settings.keepsShelvedOnHost !== true;
}

function attachmentIds(world: World, serverId: string): string[] {
  return disksOf(world, serverId).map(({ id }) => id);
}

function offloaded(_: Work, server: ServerRecord, { changes, said }: Last): Step {
  const away = {
    vmState: 'shelved_offloaded',
    taskState: null,
    powerState: POWER_STATE.shutdown,
    host: null,
  } as const;
  const message = `${said === '' ? '' : `${said}; `}${server.name} is on no host any more`;
  return { changes: [...changes, update('server', server.id, away)], message, outcome: 'succeeded' };
}

const shelve: Phase = {
  tasks: ({ operation }) => [{ call: 'shelve', serverId: operation.subject.serverId ?? '', args: {} }],
  done: (work) => {
    const server = serverInHand(work, ['shelving']);
    if (server === null) return serverOvertaken(work);
    const off = { powerState: POWER_STATE.shutdown } as const;
    if (!leavesAtOnce(server, work.settings))
      return {
        changes: [update('server', server.id, { ...off, vmState: 'shelved', taskState: null })],
        message: `${server.name} is SHELVED`,
        outcome: 'succeeded',
      };
    // Only a server with an image is SHELVED in between.
    const vmState = server.imageId === null ? {} : ({ vmState: 'shelved' } as const);
    return {
      changes: [update('server', server.id, { ...off, ...vmState, taskState: 'shelving_offloading' })],
      message: `${server.name} is shelved, and leaves its host`,
      outcome: 'running',
      next: 'detach',
      carry: { attachments: attachmentIds(work.world, server.id) },
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, ['shelving']);
    return server === null ? serverOvertaken(work) : giveUp(server, `${server.name} was not shelved`, reason);
  },
};

const offload: Phase = {
  tasks: ({ operation }) => [{ call: 'offload', serverId: operation.subject.serverId ?? '', args: {} }],
  done: (work) => {
    const server = serverInHand(work, SHELVING);
    if (server === null) return serverOvertaken(work);
    if (carriedIds(work, 'attachments').length === 0)
      return offloaded(work, server, { changes: [], said: '' });
    return {
      changes: [],
      message: `Host ${server.host ?? ''} has removed ${server.name}`,
      outcome: 'running',
      next: 'disconnect',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, SHELVING);
    if (server === null) return serverOvertaken(work);
    // Powered off already, it is what an offload starts from.
    const step = giveUp(server, `${server.name} could not leave its host`, reason);
    return { ...step, changes: [update('server', server.id, { vmState: 'shelved', taskState: null })] };
  },
};

/** `detach`: the host removes it. `disconnect`: its disks, one after another. */
const OFFLOAD_PHASES = { detach: offload, disconnect: holdPhase('disconnect', SHELVING, offloaded) };

function held(ask: { world: World; id: string }): string {
  const names = diskNames(ask);
  return names === null
    ? 'It has no volumes.'
    : `${names} stay its own: reserved, and connected to no host, until it is unshelved.`;
}

export const SHELVE_SERVER = defineVerb({
  name: 'server.shelve',
  noun: 'server',
  fields: {},
  life: {
    from: ['active', 'stopped', 'paused', 'suspended'],
    during: 'shelving',
    done: 'shelved_offloaded',
    failed: '=',
  },
  rules: [
    ...stateRules('server.shelve', ['active', 'stopped', 'paused', 'suspended']),
    disksAtRestRule('server.shelve'),
    hostRule('server.shelve'),
  ],
  plan: ({ world, id }) => {
    const { name, host } = serverOf({ world, id });
    return {
      changes: [update('server', id, { taskState: 'shelving' })],
      subject: { serverId: id },
      job: { phase: 'act', owns: id },
      message: `Host ${host ?? ''} shelves ${name}`,
    };
  },
  phases: { act: shelve, ...OFFLOAD_PHASES },
  steps: (ask) => {
    const server = serverOf(ask);
    const stays = `Server ${server.name} is powered off and becomes SHELVED; its volumes stay connected until it is offloaded.`;
    if (!leavesAtOnce(server, ask.settings)) return [stays];
    return [
      `Server ${server.name} is powered off, leaves its host, and becomes SHELVED_OFFLOADED.`,
      held(ask),
    ];
  },
  warnings: (ask) => [`What runs on ${serverOf(ask).name} is stopped.`],
  onFailure:
    'When its host cannot shelve it, it stays what it was; when it cannot let it go, it stays SHELVED.',
  spoken: ({ id }) => serverAction(id, `shelve ${id}`, { shelve: null }),
});

export const SHELVE_OFFLOAD_SERVER = defineVerb({
  name: 'server.shelve-offload',
  noun: 'server',
  fields: {},
  life: { from: ['shelved'], during: 'shelving_offloading', done: 'shelved_offloaded', failed: '=' },
  rules: [
    ...stateRules('server.shelve-offload', ['shelved']),
    disksAtRestRule('server.shelve-offload'),
    hostRule('server.shelve-offload'),
  ],
  plan: ({ world, id }) => {
    const { name, host } = serverOf({ world, id });
    return {
      changes: [update('server', id, { taskState: 'shelving_offloading' })],
      subject: { serverId: id },
      job: { phase: 'detach', owns: id, carry: { attachments: attachmentIds(world, id) } },
      message: `Host ${host ?? ''} removes ${name}`,
    };
  },
  phases: OFFLOAD_PHASES,
  steps: (ask) => [`Server ${serverOf(ask).name} leaves its host, and becomes SHELVED_OFFLOADED.`, held(ask)],
  onFailure: 'When its host cannot let it go, it stays SHELVED.',
  spoken: ({ id }) => serverAction(id, `shelve --offload ${id}`, { shelveOffload: null }),
});
