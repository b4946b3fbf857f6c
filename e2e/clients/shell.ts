/** The clients' commands, run as a person runs them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** How long a state may take to be reached, in ms: each look at it is a command. */
const patience = 60_000;

/** Nothing of the person's own settings; a folder without any in place of the home. */
function environment(): NodeJS.ProcessEnv {
  const folder = process.env.MOORING_CLIENTS_FOLDER ?? '';
  return {
    NODE_ENV: 'test',
    PATH: process.env.PATH,
    HOME: folder,
    OS_CLIENT_CONFIG_FILE: join(folder, 'clouds.yaml'),
    PYTHONWARNINGS: 'ignore',
    LC_ALL: 'C.UTF-8',
    COLUMNS: '400',
  };
}

export type Cloud = 'mooring' | 'mooring-admin';

/**
 * @param cloud a name in `clouds.yaml`
 * @param words as a person types them after `openstack`; a text is split at its spaces
 * @returns what the command printed, without spaces around it
 * @throws Error with what it complained about
 */
export async function openstack(cloud: Cloud, words: string | readonly string[]): Promise<string> {
  const args = typeof words === 'string' ? words.split(' ') : words;
  const { stdout } = await run('openstack', ['--os-cloud', cloud, ...args], { env: environment() });
  return stdout.trim();
}

/** The same for a command that shows one thing: its properties. */
export async function shown(cloud: Cloud, words: string): Promise<Record<string, unknown>> {
  return JSON.parse(await openstack(cloud, `${words} -f json`));
}

/** The same for a command that lists: a row each, by the titles of its columns. */
export async function listed(cloud: Cloud, words: string): Promise<Record<string, unknown>[]> {
  return JSON.parse(await openstack(cloud, `${words} -f json`));
}

/**
 * Commands that read the environment only: it comes from the README's openrc.
 * @param who as in `clouds.yaml`
 * @returns the rows of the table that was printed, heading included; nothing for a command that prints none
 */
export async function withOpenrc(who: Cloud, words: string): Promise<string[][]> {
  const admin = who === 'mooring-admin' ? 'export OS_USERNAME=admin OS_PROJECT_NAME=admin; ' : '';
  return (await afterOpenrc(words.split(' '), admin))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/**
 * A program that prints a line of JSON for each step it has taken.
 * @param settings variables of its own
 * @returns what it told of each step, by the name of the step
 * @throws Error with what it complained about
 */
export async function told(
  command: readonly string[],
  settings: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const lines = (await afterOpenrc(command, '', settings)).trim().split('\n');
  return Object.fromEntries(lines.map((line) => JSON.parse(line)).map(({ step, value }) => [step, value]));
}

async function afterOpenrc(
  command: readonly string[],
  more: string,
  settings: Record<string, string> = {},
): Promise<string> {
  const openrc = join(process.env.MOORING_CLIENTS_FOLDER ?? '', 'openrc');
  const env = { ...environment(), ...settings };
  const { stdout } = await run('sh', ['-c', `. "$0"; ${more}exec "$@"`, openrc, ...command], { env });
  return stdout;
}

/** A table of properties as an object. */
export function properties(rows: readonly string[][]): Record<string, string> {
  return Object.fromEntries(rows.map(([name = '', value = '']) => [name, value]));
}

/** Waits until a volume has a status. */
export async function volumeIs(cloud: Cloud, volume: string, status: string): Promise<void> {
  await expect
    .poll(() => openstack(cloud, `volume show ${volume} -f value -c status`), {
      timeout: patience,
      interval: 100,
    })
    .toBe(status);
}

/** Waits until there is no such volume any more. */
export async function volumeIsGone(cloud: Cloud, volume: string): Promise<void> {
  await expect
    .poll(() => openstack(cloud, `volume list --name ${volume} -f value -c ID`), {
      timeout: patience,
      interval: 100,
    })
    .toBe('');
}
