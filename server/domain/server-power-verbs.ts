/**
 * The actions of server-action.ts as verbs of the engine: start, stop, reboot, pause … lock, reset state.
 */
import { decideServerAction, type ServerActionFacts, serverActionRefusals } from './act-on-server';
import { ACTIONS, SERVER_ACTION_NAMES, type ServerActionName } from './action';
import { workOn } from './attachment-verbs/attachment-rules';
import { remove, update } from './engine/change';
import { type AnyVerb, type Ask, defineVerb, type Phase, type Rule, type Work } from './engine/verb';
import { type AttachmentRecord, disksOf, rowOf, type ServerRecord, type World } from './engine/world';
import { explainServerAction } from './explain-server-action';
import { type HostedServerAction, SERVER_ACTION_RULES, type ServerActionRule } from './server-action';
import { abandonedVolumes } from './server-verbs/delete-server';

/** What the rules of all of them may object to, in Nova's order, and where each comes from. */
const RULES = {
  'server-locked': 'nova compute/api.py, check_instance_lock',
  'server-state': 'nova compute/api.py, check_instance_state',
  'server-busy': 'nova compute/api.py, check_instance_state with task_state [None]',
  'server-never-launched': 'nova compute/api.py, check_instance_state with must_have_launched',
  'no-host': 'nova compute/api.py; upstream answers 500',
  'host-down': 'nova compute/api.py, check_instance_host',
  'locked-by-admin': 'nova api/openstack/compute/lock_server.py, unlock_override',
} as const;

const FIELDS = {
  'server.lock': {
    lockedReason: {
      kind: 'text',
      label: 'Reason',
      hint: 'Shown to whoever meets the lock.',
      max: 255,
      min: 1,
      optional: true,
    },
  },
  'server.reset-state': {
    state: {
      kind: 'choice',
      label: 'State',
      options: ['active', 'error'],
      words: { active: 'ACTIVE', error: 'ERROR' },
    },
  },
} as const;

function fieldsOf(action: ServerActionName) {
  return action === 'server.lock' || action === 'server.reset-state' ? FIELDS[action] : {};
}

function factsOf(ask: Ask<object>): ServerActionFacts {
  const server = rowOf(ask.world, 'server', ask.id);
  const host = server.host === null ? null : (ask.world.host.get(server.host) ?? null);
  return { actor: ask.actor, server, host, input: ask.input };
}

function rules(action: ServerActionName): Rule<object>[] {
  return Object.entries(RULES).map(([id, source]) => ({
    id,
    code: 'conflict',
    source,
    test: (ask) => {
      const refusals = serverActionRefusals(action, factsOf(ask));
      return refusals.find((each) => each.rule === `${action}.${id}`) ?? null;
    },
  }));
}

/** Its host connects the disks anew for the rescue. */
const disksInUseRule: Rule<object> = {
  id: 'disk-not-in-use',
  code: 'conflict',
  source: 'nova compute/api.py, rescue: check_attached of each volume, before the root is looked at',
  test: ({ world, id }) => {
    const volumes = disksOf(world, id).map(({ volumeId }) => rowOf(world, 'volume', volumeId));
    const other = volumes.find(({ status }) => status !== 'in-use');
    if (other === undefined) return null;
    return {
      message: `Volume ${other.name}, a disk of server ${rowOf(world, 'server', id).name}, is ${other.status}; rescuing needs every disk in-use.`,
      remedy: {
        kind: 'advice',
        text: `Wait until ${other.name} is in-use, or detach it.`,
        command: `openstack volume show ${other.id}`,
      },
    };
  },
};

/** Source: nova compute/api.py, rescue: InstanceNotRescuable; no image here says that it can rescue from a volume. */
const imageRootRule: Rule<object> = {
  id: 'root-on-volume',
  code: 'invalid',
  source: 'nova compute/api.py, rescue',
  test: ({ world, id }) => {
    const root = disksOf(world, id).find(({ bootIndex }) => bootIndex === 0);
    if (root === undefined) return null;
    return {
      message: `Server ${rowOf(world, 'server', id).name} boots from volume ${world.volume.get(root.volumeId)?.name ?? root.volumeId}; only what boots from an image can be rescued.`,
      remedy: {
        kind: 'advice',
        text: 'Delete the server without its volume, and attach the volume to another one.',
      },
    };
  },
};

/** What a server shows while and after; a reset or a harder reboot may have put another task in place of ours. */
function afterwards(server: ServerRecord, { task }: HostedServerAction, set: Partial<ServerRecord>) {
  return update('server', server.id, { ...set, ...(server.taskState === task ? { taskState: null } : {}) });
}

function serverIn(work: Work): ServerRecord {
  return rowOf(work.world, 'server', work.operation.subject.serverId ?? '');
}

/**
 * Disks that storage knows nothing of, such as a cloud that was brought in may have: a reboot leaves them behind, except
 * for a root (Nova compute/manager.py, _delete_dangling_bdms, bug 2019078).
 */
function dangling(world: World, action: ServerActionName, serverId: string): AttachmentRecord[] {
  if (action !== 'server.reboot-soft' && action !== 'server.reboot-hard') return [];
  return disksOf(world, serverId).filter(
    ({ id, attachStatus, bootIndex }) =>
      attachStatus === null && bootIndex !== 0 && workOn(world, id) === null,
  );
}

function hostPhase(action: ServerActionName, rule: HostedServerAction): Phase {
  return {
    tasks: (work) => [{ call: rule.call, serverId: serverIn(work).id }],
    done: (work) => {
      const server = serverIn(work);
      return {
        outcome: 'succeeded',
        message: `${server.name} is ${rule.end.vmState}`,
        changes: [
          afterwards(server, rule, rule.end),
          ...dangling(work.world, action, server.id).map(({ id }) => remove('attachment', id)),
        ],
      };
    },
    failed: (work, reason) => ({
      outcome: 'failed',
      reason,
      message: reason,
      changes: [afterwards(serverIn(work), rule, {})],
    }),
  };
}

function powerVerb(action: ServerActionName): AnyVerb {
  const rule: ServerActionRule = SERVER_ACTION_RULES[action];
  return defineVerb({
    name: action,
    noun: 'server',
    fields: fieldsOf(action),
    life:
      rule.kind === 'hosted'
        ? { from: rule.vmStates, during: rule.task, done: rule.end.vmState, failed: '=' }
        : {
            from: ['*'],
            during: null,
            done: action === 'server.reset-state' ? 'active or error' : '=',
            failed: '=',
          },
    rules: [...rules(action), ...(action === 'server.rescue' ? [disksInUseRule, imageRootRule] : [])],
    plan: (ask) => {
      const facts = factsOf(ask);
      const decision = decideServerAction(action, facts);
      if (!decision.allowed) throw new Error(`${action} was refused`);
      const { effects } = decision;
      const { id, name } = facts.server;
      const message = `${ACTIONS[action].gerund} ${name}`;
      const subject = { serverId: id };
      if (effects.kind === 'hosted') {
        return {
          changes: [update('server', id, { taskState: effects.task })],
          subject,
          message,
          job: { phase: 'act', owns: id },
          // A hard reboot may overtake what the server is busy with.
          relieves: [id],
        };
      }
      return {
        changes: [
          ...(action === 'server.reset-state' ? abandonedVolumes(ask.world, id) : []),
          update('server', id, effects.change),
        ],
        subject,
        message,
        job: null,
        relieves: action === 'server.reset-state' ? [id] : [],
      };
    },
    ...(rule.kind === 'hosted' ? { phases: { act: hostPhase(action, rule) } } : {}),
    ...(action === 'server.reset-state' ? { initial: () => ({ state: 'active' }) } : {}),
    steps: (ask) => [
      ...explainServerAction(action, factsOf(ask)).steps,
      ...dangling(ask.world, action, ask.id).map(
        ({ volumeId }) =>
          `Storage knows of no attachment of volume ${ask.world.volume.get(volumeId)?.name ?? volumeId}: the server does not have that disk any more afterwards.`,
      ),
    ],
    warnings: (ask) => explainServerAction(action, factsOf(ask)).warnings,
    spoken: (ask) => {
      const { command, request } = explainServerAction(action, factsOf(ask));
      return {
        command,
        request: { ...request, body: request.body as never },
      };
    },
  });
}

export const SERVER_POWER_VERBS = Object.fromEntries(
  SERVER_ACTION_NAMES.map((action) => [action, powerVerb(action)]),
) as Record<ServerActionName, AnyVerb>;
