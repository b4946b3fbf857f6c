/**
 * What becomes of operations, in memory: the twin of write-operation.ts, for models and for dry thought.
 */
import type { FailureCause } from '../operation';
import { applyChanges } from './change';
import { projectOf } from './decide';
import type { AnyVerb, Ask, Plan, Step } from './verb';
import type { OperationRecord, World } from './world';

/**
 * @param id of the operation that begins, should anything go on after the plan
 * @returns the world after an accepted plan: its changes made, whoever it relieves gone, its operation under way
 */
export function accept(verb: AnyVerb, ask: Ask, plan: Plan, id: string): World {
  const world = applyChanges(ask.world, plan.changes);
  const relieved = new Set(plan.relieves);
  const running = [...world.operation.values()].filter(
    (each) => each.owns === null || !relieved.has(each.owns),
  );
  const begun = plan.job === null ? [] : [begin(verb, ask, plan, plan.job, id)];
  return withOperations(world, [...running, ...begun]);
}

function begin(
  verb: AnyVerb,
  ask: Ask,
  plan: Plan,
  job: NonNullable<Plan['job']>,
  id: string,
): OperationRecord {
  return {
    id,
    action: verb.name,
    phase: job.phase,
    outcome: 'running',
    projectId: projectOf(ask.world, verb, ask.id) ?? ask.actor.projectId,
    owns: job.owns,
    subject: plan.subject,
    // As JSON keeps it: what is undefined is not there.
    input: JSON.parse(JSON.stringify(ask.input)),
    carry: job.carry ?? {},
    reserves: job.reserves ?? {},
    reason: null,
    cause: null,
  };
}

/** @returns the world after a step of an operation: its changes made, the operation one phase further, or gone */
export function takeStep(world: World, operation: OperationRecord, step: Step): World {
  const after = applyChanges(world, step.changes);
  const others = [...after.operation.values()].filter((each) => each.id !== operation.id);
  if (step.outcome !== 'running') return withOperations(after, others);
  return withOperations(after, [...others, advanced(operation, step)]);
}

/** @returns the operation, one phase further */
export function advanced(
  operation: OperationRecord,
  step: Extract<Step, { outcome: 'running' }>,
): OperationRecord {
  return {
    ...operation,
    phase: step.next,
    carry: { ...operation.carry, ...step.carry },
    reason: 'reason' in step ? step.reason : operation.reason,
    cause: causeAfter(operation, step),
  };
}

/** @returns why the operation goes back or has failed, after the step; null when it does neither */
export function causeAfter({ cause }: OperationRecord, step: Step): FailureCause | null {
  if (step.outcome === 'succeeded') return null;
  if (step.outcome === 'failed') return step.cause ?? cause ?? 'fault';
  return 'reason' in step ? (step.cause ?? 'fault') : cause;
}

function withOperations(world: World, operations: readonly OperationRecord[]): World {
  return { ...world, operation: new Map(operations.map((each) => [each.id, each])) };
}
