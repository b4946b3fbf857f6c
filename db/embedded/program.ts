import { spawn } from 'node:child_process';
import type { Identity } from './identity';

/** PGDATA and its relatives in the caller's environment must not redirect our server. */
const cleanEnvironment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  // Postgres does not care; Next's types want it in every environment.
  NODE_ENV: 'production',
} as const;

/**
 * @param identity as whom it runs
 * @returns the command, its arguments and its surroundings, for `spawn`
 */
export function command(identity: Identity, program: string, options: readonly string[]) {
  const [first = program, ...rest] = [...identity.prefix, program, ...options];
  return { first, rest, as: { ...identity.other, env: cleanEnvironment, cwd: '/' } };
}

/** @returns exit code, and all that the program said; -1 when it could not be run at all */
export async function run(identity: Identity, program: string, options: readonly string[]) {
  const { first, rest, as } = command(identity, program, options);
  const child = spawn(first, rest, { ...as, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `FATAL: ${error.message}`;
      resolve(-1);
    });
    child.once('close', (exit) => resolve(exit ?? -1));
  });
  return { code, output };
}

/**
 * @param output of a program of Postgres
 * @returns the first thing it calls an error, without its time stamp, with its details on the same line
 */
export function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line));
  if (first < 0) return lines.filter(Boolean).at(-1) ?? 'it ended without a word';
  return lines
    .slice(first, first + 3)
    .filter((line, at) => at === 0 || /\b(DETAIL|HINT|detail|hint):/.test(line))
    .map((line) => line.replace(/^.*?\b(FATAL|PANIC|ERROR|DETAIL|HINT|error|detail|hint):\s*/, ''))
    .join(' ');
}
