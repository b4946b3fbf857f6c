/**
 * The operation: one accepted action, from its acceptance to its end. Timeline, audit log and instance actions are this.
 */
export const OPERATION_OUTCOMES = ['running', 'succeeded', 'failed'] as const;
export type OperationOutcome = (typeof OPERATION_OUTCOMES)[number];

/**
 * Why an operation has failed. `overtaken`: nothing went wrong, but somebody else has taken what it was about into his own
 * hands; asking again may do. `fault`: a host or storage has said no, or could not be asked.
 */
export const FAILURE_CAUSES = ['fault', 'overtaken'] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** Result of one step of an operation; null on the wire while it runs. */
export const STEP_RESULTS = ['started', 'succeeded', 'failed'] as const;
export type StepResult = (typeof STEP_RESULTS)[number];

/** The steps of the asynchronous part. Each has exactly one owner: the job of its operation. */
export const OPERATION_PHASES = [
  'reserve',
  'connect',
  'export',
  'complete',
  'detach',
  'disconnect',
  'finish',
  'act',
  'roll-back',
  'build',
  'copy',
  'swap',
  'tell',
  'clear',
] as const;
export type OperationPhase = (typeof OPERATION_PHASES)[number];
