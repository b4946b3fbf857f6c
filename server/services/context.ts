/**
 * One call of one actor.
 */
import type { Actor } from '~/server/domain/roles';
import type { Runtime } from './runtime';

export interface Context {
  runtime: Runtime;
  actor: Actor;
  /** `req-<uuid>`; goes into the operation, the log and every answer. */
  requestId: string;
}
