/**
 * What the asynchronous part of an action is made of: one handler a phase.
 */
import type { OperationPhase } from '~/server/domain/action';
import type { DriverRegistry } from '~/server/drivers/registry';
import type { Work } from '~/server/services/operation-work';
import type { Runtime } from '~/server/services/runtime';

export interface WorkerDependencies {
  runtime: Runtime;
  drivers: DriverRegistry;
}

/** Does one phase: calls the driver, then the verb that moves the operation on. */
export type PhaseHandler = (dependencies: WorkerDependencies, work: Work) => Promise<void>;
export type PhaseHandlers = Partial<Record<OperationPhase, PhaseHandler>>;
