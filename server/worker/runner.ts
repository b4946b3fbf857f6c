/**
 * What the asynchronous part of an action is made of: how its work is loaded, one handler a phase, and what to do when a
 * phase cannot succeed.
 */
import type { OperationPhase } from '~/server/domain/operation';
import type { DriverRegistry } from '~/server/drivers/registry';
import type { Runtime } from '~/server/services/runtime';

export interface WorkerDependencies {
  runtime: Runtime;
  drivers: DriverRegistry;
}

/** What every operation in progress has. */
export interface Work {
  operationId: string;
  requestId: string;
  phase: OperationPhase;
}

export interface Runner<W extends Work> {
  /** @returns null when the operation has ended */
  load(runtime: Runtime, operationId: string): Promise<W | null>;
  /** Each does one phase: calls the driver, then the verb that moves the operation on. */
  phases: Partial<Record<OperationPhase, (dependencies: WorkerDependencies, work: W) => Promise<void>>>;
  /** The phase failed, and will be tried again: the timeline says so. */
  noteFailure(runtime: Runtime, work: W, reason: string): Promise<void>;
  /**
   * The phase failed for good: the operation goes back, or ends.
   * @param reason one sentence for people
   * @param newJob whether what remains to be done needs a job of its own: this one has no attempt left
   */
  giveUp(runtime: Runtime, work: W, reason: string, newJob: boolean): Promise<void>;
}
