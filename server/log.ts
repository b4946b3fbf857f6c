import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/**
 * JSON lines on stdout, for machines; readable lines where somebody looks on.
 *
 * @param level least level that is written
 */
export function createLog(level: string): Logger {
  const options = {
    level,
    base: null,
    // The second net: callers do not log these in the first place.
    redact: ['password', 'token', 'cookie', 'authorization', 'secretKey', '*.password', '*.token'],
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }));
}
