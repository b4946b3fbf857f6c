/**
 * `npm run bench`: how long the lists of a large cloud take, the actions of an object's page, the OpenStack APIs, and an
 * action from the click to its end, asked over HTTP of the real server process.
 *
 * `-- --volumes 1000000` makes a larger cloud, `--keep DIR` keeps it for the next time, `--json FILE` writes the figures,
 * `--only console,actions,rest,tokens,stream` leaves parts out.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '~/db/client';
import { startEmbedded } from '~/db/embedded/start';
import { measureActions } from './actions';
import { logIn } from './client';
import { measureLists } from './console-lists';
import { fillCloud } from './fill';
import { MEMBER } from './fill-numbers';
import type { Measured } from './measure';
import { type Part, readOptions } from './options';
import { type Figures, figuresOf, table } from './report';
import { measureRest } from './rest';
import { restOf, tokenOf } from './rest-client';
import { PASSWORD, startServer } from './server-process';
import { measureStream } from './stream';
import { measureTokens } from './tokens';

const options = readOptions(process.argv.slice(2));

async function main(): Promise<void> {
  const dataDir = options.keep === null ? await temporaryFolder() : path.resolve(options.keep);
  await mkdir(dataDir, { recursive: true });
  const postgres = await startEmbedded({ dataDir });
  const server = startServer(postgres.url, dataDir);
  try {
    const base = await server.address;
    const before = await server.memory();
    const filledMs = await fill(postgres.url);
    const parts = await measureParts(base);
    const after = await server.memory();
    const facts = { volumes: options.volumes, filledMs, memoryMib: { before, after } };
    process.stdout.write(`\n${JSON.stringify(facts)}\n`);
    if (options.json !== null) await writeFile(options.json, JSON.stringify({ ...facts, parts }, null, 2));
  } finally {
    await server.stop();
    await postgres.stop();
    if (options.keep === null) await rm(dataDir, { recursive: true, force: true });
  }
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'mooring-bench-'));
}

/** @returns how long it took, in ms; null for a cloud that was there already */
async function fill(url: string): Promise<number | null> {
  const database = openDatabase(url);
  try {
    const [filled] = await database.sql`select 1 from servers limit 1`;
    if (filled !== undefined) return null;
    const began = performance.now();
    await fillCloud(database.sql, options);
    return Math.round(performance.now() - began);
  } finally {
    await database.close();
  }
}

async function measureParts(base: string): Promise<Partial<Record<Part, Figures[]>>> {
  const admin = await logIn(base, 'admin', PASSWORD);
  const member = await logIn(base, MEMBER, PASSWORD);
  const { volumes } = options;
  const parts: Record<Part, () => Promise<Measured[]>> = {
    console: async () => [
      ...(await measureLists(member.client, { scope: 'a project', allProjects: false, volumes })),
      ...(await measureLists(admin.client, { scope: 'all', allProjects: true, volumes })),
    ],
    actions: () => measureActions(base, member),
    rest: async () => {
      const [rest, all] = await Promise.all([MEMBER, 'admin'].map((name) => tokenOf(base, name, PASSWORD)));
      return measureRest({ rest: restOf(base, rest ?? ''), admin: restOf(base, all ?? '') }, member.client);
    },
    tokens: () => measureTokens(base),
    stream: () => measureStream(base, member),
  };
  const measured: Partial<Record<Part, Figures[]>> = {};
  for (const part of options.only) {
    const figures = (await parts[part]()).map(figuresOf);
    measured[part] = figures;
    process.stdout.write(table(part, figures));
  }
  return measured;
}

await main();
