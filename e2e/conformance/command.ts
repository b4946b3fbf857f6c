/** Programs of others, and how a command that runs them ends: everything it started ends with it, also at Ctrl-C. */
import { spawn } from 'node:child_process';
import { type Ending, prepareEnding } from '~/server/ending';

/**
 * Runs a task as this process's command, and ends the process.
 * @param task gets what ends what it starts, and gives the exit code
 */
export async function runCommand(task: (ending: Ending) => Promise<number>): Promise<never> {
  const ending = prepareEnding();
  let code = 1;
  try {
    code = await task(ending);
  } catch (error) {
    if (!ending.signal.aborted) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    }
  }
  const ended = await ending.run((name, error) => {
    process.stderr.write(`${name} did not end well: ${error instanceof Error ? error.message : error}\n`);
  });
  process.exit(ending.signal.aborted ? 130 : code || ended);
}

/**
 * @param command name of a program
 * @param options.signal ends it
 * @param options.quiet whether its output is only shown when it fails
 * @returns its exit code
 * @throws Error when it cannot be started
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { signal: AbortSignal; env?: Record<string, string>; quiet?: boolean },
): Promise<number> {
  const child = spawn(command, args, {
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, ...options.env },
    // A group of its own: what it has started in turn can be ended with it.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It has ended by itself in between.
    }
  };
  options.signal.addEventListener('abort', end, { once: true });
  if (options.signal.aborted) end();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      options.signal.removeEventListener('abort', end);
      if (code !== 0 && !options.signal.aborted) process.stderr.write(said);
      resolve(code ?? 1);
    });
  });
}
