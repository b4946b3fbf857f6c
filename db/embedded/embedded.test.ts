import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { socketOptions } from '~/db/socket-url';
import { startEmbedded } from './start';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), `mooring-test-${process.pid}-`));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function ask(url: string): Promise<unknown> {
  const sql = postgres(url, { ...socketOptions(url), max: 1 });
  try {
    return (await sql`select current_database() as name`)[0]?.name;
  } finally {
    await sql.end();
  }
}

const postmaster = async (): Promise<number> =>
  Number.parseInt(await readFile(join(home, 'postgres/postmaster.pid'), 'utf8'), 10);

test('two who start at once share one server, and the last to leave stops it', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => startEmbedded({ dataDir: home, durable: false })));
  if (!one || !two) throw new Error('two were started');
  expect(one.url).toBe(two.url);
  await one.stop();
  expect(await ask(two.url)).toBe('mooring');
  await two.stop();
  await expect(ask(two.url)).rejects.toThrow();
  await expect(stat(join(home, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('what was written is there after the next start', async () => {
  const first = await startEmbedded({ dataDir: home, durable: false });
  const sql = postgres(first.url, { ...socketOptions(first.url), max: 1 });
  await sql`create table kept as select 42 as answer`;
  await sql.end();
  await first.stop();
  const second = await startEmbedded({ dataDir: home, durable: false });
  const again = postgres(second.url, { ...socketOptions(second.url), max: 1 });
  expect(await again`select answer from kept`).toEqual([{ answer: 42 }]);
  await again.end();
  await second.stop();
});

test('a server that is killed comes back under the same URL', async () => {
  const database = await startEmbedded({ dataDir: home, durable: false });
  const killed = await postmaster();
  process.kill(killed, 'SIGKILL');
  await vi.waitFor(async () => expect(await ask(database.url)).toBe('mooring'), { timeout: 60_000 });
  expect(await postmaster()).not.toBe(killed);
  await database.stop();
});

test('a folder whose path is too long for a socket works all the same', async () => {
  const deep = join(home, ...Array.from({ length: 10 }, () => 'a-rather-long-name'));
  const database = await startEmbedded({ dataDir: deep, durable: false });
  expect(await ask(database.url)).toBe('mooring');
  await database.stop();
});

test('a folder that cannot be written is refused in one sentence', async () => {
  const below = join(home, 'a-file', 'data');
  await writeFile(join(home, 'a-file'), '');
  await expect(startEmbedded({ dataDir: below })).rejects.toThrow(`${below} cannot be created`);
});
