/**
 * A resize is settled: it stays as it is, or the server goes back to where it came from.
 */
import { update } from '../engine/change';
import { defineVerb, type Phase } from '../engine/verb';
import { disksOf, type ServerRecord } from '../engine/world';
import type { VmState } from '../server';
import { POWER_STATE } from '../server-action';
import { advice } from '../volume-verbs/volume-remedy';
import { type Move, movePhases, strandServer } from './move-server';
import { asBefore, backTasks } from './resize-way';
import { disksAtRestRule, hostRule, type ServerRule, serverOf, stateRules } from './server-rules';
import { diskNames, serverAction } from './server-words';
import { giveUp, serverInHand, serverOvertaken } from './server-work';

const formerRule: ServerRule = {
  id: 'no-former',
  code: 'invalid',
  source: 'nova api/openstack/compute/servers.py, MigrationNotFound',
  test: (ask) => {
    const server = serverOf(ask);
    if (server.vmState !== 'resized' || server.former !== null) return null;
    return {
      message: `Nothing is known of what server ${server.name} was before; there is nothing to confirm or revert.`,
      remedy: advice(
        'An administrator can set its state to ACTIVE.',
        `openstack server set --state active ${server.id}`,
      ),
    };
  },
};

/** The host it came from has something to do, too. */
const sourceRule: ServerRule = {
  id: 'source-down',
  code: 'conflict',
  source: 'nova compute/api.py, confirm_resize and revert_resize, check_instance_host of the source',
  test: (ask) => {
    const server = serverOf(ask);
    const source = server.former?.host;
    if (server.vmState !== 'resized' || source === undefined || ask.world.host.get(source)?.up === true)
      return null;
    return {
      message: `Host ${source}, where server ${server.name} came from, does not answer; it has to take part.`,
      remedy: advice(`Wait until host ${source} is up again.`),
    };
  },
};

/** ACTIVE, or SHUTOFF where it was powered off. */
function runningState({ powerState, former }: ServerRecord): VmState {
  return powerState === POWER_STATE.shutdown || former?.vmState === 'stopped' ? 'stopped' : 'active';
}

const confirm: Phase = {
  tasks: ({ operation }) => [{ call: 'confirmResize', serverId: operation.subject.serverId ?? '', args: {} }],
  done: (work) => {
    const server = serverInHand(work, ['resize_confirming']);
    if (server === null) return serverOvertaken(work);
    const set = { vmState: runningState(server), taskState: null, former: null } as const;
    return {
      changes: [update('server', server.id, set)],
      message: `${server.name} keeps flavor ${server.flavor.name}`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const server = serverInHand(work, ['resize_confirming']);
    return server === null
      ? serverOvertaken(work)
      : giveUp(server, `${server.name} still waits to be confirmed`, reason);
  },
};

export const CONFIRM_RESIZE_SERVER = defineVerb({
  name: 'server.confirm-resize',
  noun: 'server',
  fields: {},
  life: { from: ['resized'], during: 'resize_confirming', done: 'active', failed: '=' },
  // Whoever asks for flavors gets every host: the one it came from is asked after.
  roots: () => ({ flavors: [] }),
  rules: [...stateRules('server.confirm-resize', ['resized']), formerRule, sourceRule],
  plan: ({ world, id }) => ({
    changes: [update('server', id, { taskState: 'resize_confirming' })],
    subject: { serverId: id },
    job: { phase: 'act', owns: id },
    message: `The resize of ${serverOf({ world, id }).name} is confirmed`,
  }),
  phases: { act: confirm },
  steps: (ask) => {
    const { name, flavor, former } = serverOf(ask);
    return [
      `Server ${name} keeps flavor ${flavor.name}; ${former?.flavor.name ?? 'the former one'} cannot be gone back to any more.`,
      'Its volumes stay connected as they are.',
    ];
  },
  onFailure: 'It stays VERIFY_RESIZE.',
  spoken: ({ id }) => serverAction(id, `resize confirm ${id}`, { confirmResize: null }),
});

const REVERTING = ['resize_reverting'] as const;

const MOVE: Move = {
  tasks: REVERTING,
  arriving: 'resize_reverting',
  target: (_, server) => server.former?.host ?? server.host,
  stays: {},
  act: {
    tasks: backTasks,
    done: (work) => {
      const server = serverInHand(work, REVERTING);
      if (server === null) return serverOvertaken(work);
      return { changes: asBefore(server), message: `${server.name} is what it was`, outcome: 'succeeded' };
    },
    failed: (work, reason) => {
      const server = serverInHand(work, REVERTING);
      return server === null ? serverOvertaken(work) : strandServer(server, reason);
    },
  },
  failed: (_, server, reason) => strandServer(server, reason),
};

export const REVERT_RESIZE_SERVER = defineVerb({
  name: 'server.revert-resize',
  noun: 'server',
  fields: {},
  life: { from: ['resized'], during: 'resize_reverting', done: 'active', failed: 'error' },
  roots: () => ({ flavors: [] }),
  rules: [
    ...stateRules('server.revert-resize', ['resized']),
    disksAtRestRule('server.revert-resize'),
    hostRule('server.revert-resize'),
    formerRule,
    sourceRule,
  ],
  plan: ({ world, id }) => {
    const { name, former } = serverOf({ world, id });
    return {
      changes: [update('server', id, { taskState: 'resize_reverting' })],
      subject: { serverId: id },
      job: {
        phase: 'detach',
        owns: id,
        carry: { attachments: disksOf(world, id).map((disk) => disk.id) },
      },
      message: `${name} goes back to flavor ${former?.flavor.name ?? ''}`,
    };
  },
  phases: movePhases(MOVE),
  steps: (ask) => {
    const { name, former } = serverOf(ask);
    const names = diskNames(ask);
    return [
      `Server ${name} is powered off, goes back to host ${former?.host ?? 'where it was'}, and has flavor ${former?.flavor.name ?? '?'} again.`,
      names === null ? 'It has no volumes.' : `${names} go along, and are connected there.`,
    ];
  },
  warnings: (ask) => [`What runs on ${serverOf(ask).name} is interrupted.`],
  onFailure: 'It becomes ERROR with its volumes reserved for it.',
  spoken: ({ id }) => serverAction(id, `resize revert ${id}`, { revertResize: null }),
});
