/**
 * What most actions on a server ask of it, as rules of the engine: the checks are those of server-checks.ts.
 */
import type { Ask, Objection, Rule } from '../engine/verb';
import { rowOf, type ServerRecord, type World } from '../engine/world';
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
