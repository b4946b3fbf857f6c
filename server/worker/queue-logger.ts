/**
 * The queue library's log in ours.
 */
import { Logger } from 'graphile-worker';
import type { Logger as Pino } from 'pino';

/** By the library's level names, whose enum cannot be imported in isolated modules. */
const LEVELS: Record<string, 'error' | 'warn' | 'debug' | 'trace'> = {
  error: 'error',
  warning: 'warn',
  // What the library calls information is each job's beginning and end: detail to us.
  info: 'debug',
  debug: 'trace',
};

/** @returns a logger for the queue that writes to `log` */
export function queueLogger(log: Pino): Logger {
  const queueLog = log.child({ component: 'queue' });
  return new Logger(() => (level, message) => queueLog[LEVELS[level] ?? 'debug'](message));
}
