/**
 * The operation: one accepted action, from its acceptance to its end. Timeline, audit log and instance actions are this.
 */
export const OPERATION_OUTCOMES = ['running', 'succeeded', 'failed'] as const;
export type OperationOutcome = (typeof OPERATION_OUTCOMES)[number];

/** Result of one step of an operation; null on the wire while it runs. */
export const STEP_RESULTS = ['started', 'succeeded', 'failed'] as const;
export type StepResult = (typeof STEP_RESULTS)[number];
