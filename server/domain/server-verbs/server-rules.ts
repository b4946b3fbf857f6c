/**
 * What most actions on a server ask of it, as rules of the engine: the checks are those of server-checks.ts.
 */
import { ACTIONS } from '../action';
import { isWorkOn } from '../attachment-verbs/attachment-rules';
import type { Ask, Objection, Rule } from '../engine/verb';
import { disksOf, type OperationRecord, rowOf, type ServerRecord, type World } from '../engine/world';
import type { Refusal } from '../refusal';
import type { HostFacts, VmState } from '../server';
import {
  hostRefusal,
  launchedRefusal,
  lockRefusal,
  taskStateRefusal,
  vmStateRefusal,
} from '../server-checks';
import type { VerbName } from '../verb-catalogue';

/** A rule that looks at no input; any verb may have it. */
export type ServerRule = Rule<object>;

/** @returns the server a verb is asked for */
export function serverOf(ask: Pick<Ask<object>, 'world' | 'id'>): ServerRecord {
  return rowOf(ask.world, 'server', ask.id);
}

/** @returns its host; null when it is on none, or on one nobody knows */
export function hostOf(world: World, { host }: ServerRecord): HostFacts | null {
  return host === null ? null : (world.host.get(host) ?? null);
}

function objectionOf(refusal: Refusal | null): Objection | null {
  if (refusal === null) return null;
  const { message, code, remedy } = refusal;
  return { message, code, ...(remedy === undefined ? {} : { remedy }) };
}

function serverRule(id: string, source: string, refusal: (ask: Ask<object>) => Refusal | null): ServerRule {
  return { id, code: 'conflict', source, test: (ask) => objectionOf(refusal(ask)) };
}

/** A locked server takes orders from administrators only. */
export function lockRule(action: VerbName): ServerRule {
  return serverRule('server-locked', 'nova compute/api.py, check_instance_lock', (ask) =>
    lockRefusal(action, serverOf(ask), ask.actor),
  );
}

export function vmStateRule(action: VerbName, allowed: readonly VmState[]): ServerRule {
  return serverRule('server-state', 'nova compute/api.py, check_instance_state', (ask) =>
    vmStateRefusal(action, serverOf(ask), allowed, ask.actor),
  );
}

export function launchedRule(action: VerbName): ServerRule {
  return serverRule(
    'server-never-launched',
    'nova compute/api.py, check_instance_state, must_have_launched',
    (ask) => launchedRefusal(action, serverOf(ask)),
  );
}

/** The host of the server answers; a server that is on none and needs none passes. */
export function hostRule(action: VerbName): ServerRule {
  return serverRule('host', 'nova compute/api.py, check_instance_host, check_is_up', (ask) => {
    const server = serverOf(ask);
    return hostRefusal(action, server, hostOf(ask.world, server));
  });
}

/** @returns operations that are at work on disks of the server: they attach, detach or swap them */
export function workOnDisks(world: World, serverId: string): OperationRecord[] {
  const disks = disksOf(world, serverId);
  return [...world.operation.values()].filter((each) => disks.some(({ id }) => isWorkOn(each, id)));
}

/** Nobody is about to give it a disk, or to take one: its host would do that before. */
export function disksAtRestRule(action: VerbName): ServerRule {
  return {
    id: 'disks-busy',
    code: 'conflict',
    source: `nova compute/manager.py, the lock of the instance: ${action} waits for it there; told at once here`,
    test: (ask) => {
      const [work] = workOnDisks(ask.world, ask.id);
      if (work === undefined) return null;
      const name = ask.world.volume.get(work.subject.volumeId ?? '')?.name ?? 'a volume';
      return {
        message: `Somebody is ${ACTIONS[work.action].gerund.toLowerCase()} ${name}, a disk of server ${serverOf(ask).name}; that has to end first.`,
        remedy: { kind: 'advice', text: 'Wait until that has ended, then try again.' },
      };
    },
  };
}

/** Lock, vm_state, task_state, launched: what Nova asks first, in its order. */
export function stateRules(action: VerbName, allowed: readonly VmState[]): readonly ServerRule[] {
  return [
    lockRule(action),
    vmStateRule(action, allowed),
    serverRule('server-busy', 'nova compute/api.py, check_instance_state, task_state', (ask) =>
      taskStateRefusal(action, serverOf(ask)),
    ),
    launchedRule(action),
  ];
}
