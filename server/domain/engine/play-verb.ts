/**
 * Plays a verb in memory from its acceptance to its end, as the worker would: for tests and models.
 */
import type { DriverAnswer, DriverTask } from '../driver-task';
import type { FailureCause, OperationPhase } from '../operation';
import { decideVerb } from './decide';
import { accept, causeAfter, takeStep } from './run';
import type { AnyVerb, Ask, Step } from './verb';
import type { OperationRecord, World } from './world';

export interface Played {
  world: World;
  outcome: 'succeeded' | 'failed';
  reason: string | null;
  cause: FailureCause | null;
  /** Phases gone through, in order. */
  phases: OperationPhase[];
  /** Everything that hosts and storage were asked. */
  tasks: DriverTask[];
}

export interface PlayOptions {
  /** @returns whether this task fails for good */
  fails?: (task: DriverTask) => boolean;
  answer?: (task: DriverTask) => DriverAnswer;
  /** What others do to the world while tasks of a phase run. */
  meanwhile?: (world: World, phase: OperationPhase) => World;
}

const OPERATION = 'operation-1';

/** @returns the world after the plan, with its operation under way if it has one */
export function accepted(verb: AnyVerb, ask: Ask): { world: World; operation: OperationRecord | null } {
  const decision = decideVerb(verb, ask);
  if (!decision.allowed) throw new Error(decision.refusals.map((each) => each.rule).join(', '));
  const world = accept(verb, ask, decision.effects, OPERATION);
  return { world, operation: world.operation.get(OPERATION) ?? null };
}

/** @throws Error when the verb refuses, or does not come to an end */
export function play(verb: AnyVerb, ask: Ask, options: PlayOptions = {}): Played {
  let { world, operation } = accepted(verb, ask);
  const phases: OperationPhase[] = [];
  const tasks: DriverTask[] = [];
  while (operation?.phase != null && phases.length < 20) {
    phases.push(operation.phase);
    const work = { world, operation, settings: ask.settings, fresh: ask.fresh };
    const phase = verb.phases?.[operation.phase];
    if (phase === undefined) throw new Error(`${verb.name} has no phase ${operation.phase}`);
    const asked = phase.tasks(work);
    const failing = asked.findIndex((task) => options.fails?.(task) === true);
    tasks.push(...(failing < 0 ? asked : asked.slice(0, failing + 1)));
    world = options.meanwhile?.(world, operation.phase) ?? world;
    const now = { ...work, world };
    const step: Step =
      failing < 0
        ? phase.done(
            now,
            asked.map((task) => options.answer?.(task) ?? null),
          )
        : phase.failed(now, 'storage said no');
    world = takeStep(world, operation, step);
    if (step.outcome !== 'running') {
      const reason = step.outcome === 'failed' ? step.reason : operation.reason;
      const cause = causeAfter(operation, step);
      return { world, outcome: step.outcome, reason, cause, phases, tasks };
    }
    operation = world.operation.get(OPERATION) ?? null;
  }
  if (operation !== null) throw new Error(`${verb.name} does not end: ${phases.join(', ')}`);
  return { world, outcome: 'succeeded', reason: null, cause: null, phases, tasks };
}
