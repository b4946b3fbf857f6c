/**
 * `npm run bench`: how long the lists of a large cloud take, the actions of an object's page, and an attach and an
 * extend from the click to their end, asked over HTTP of the real server process.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '~/db/client';
import { startEmbedded } from '~/db/embedded/start';
import { type Client, logIn } from './client';
import { type CloudSize, fillCloud } from './fill';
import { report, type Timings } from './report';

const PASSWORD = 'bench-only';
const ROUNDS = 60;
const ATTACH_ROUNDS = 30;
/** More than any volume of the cloud has. */
const LARGE_GIB = 1000;
const SIZE: CloudSize = { volumes: Number(process.argv[2] ?? 10_000), servers: 2000, attached: 0.6 };

const root = path.resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mooring-bench-'));
  const postgres = await startEmbedded({ dataDir });
  const server = startServer(postgres.url, dataDir);
  try {
    const base = await server.address;
    const database = openDatabase(postgres.url);
    await fillCloud(database.sql, SIZE);
    await database.close();
    const client = await logIn(base, 'admin', PASSWORD);
    process.stdout.write(
      `${SIZE.volumes} volumes, ${SIZE.servers} servers, ${SIZE.attached * 100} % attached\n\n`,
    );
    process.stdout.write(
      report([
        ...(await timeLists(client)),
        ...(await timeExplain(client)),
        await timeAttach(client),
        await timeExtend(client),
      ]),
    );
  } finally {
    await server.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The server process, without the simulated driver's waits: what is left is ours. */
function startServer(url: string, dataDir: string) {
  const child = spawn(process.execPath, [path.join(root, 'server/start.mjs')], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      MOORING_DATA_DIR: dataDir,
      MOORING_ADMIN_PASSWORD: PASSWORD,
      MOORING_SIMULATED_LATENCY_MS: '0',
      MOORING_LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      const found = /ready at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function timeLists(client: Client): Promise<Timings[]> {
  const first = await client.volumes.list.query({});
  const cursor = first.next ?? undefined;
  const lists: [string, () => Promise<unknown>][] = [
    ['volumes, newest 50', () => client.volumes.list.query({})],
    ['volumes, second page', () => client.volumes.list.query({ cursor })],
    ['volumes, 200 a page', () => client.volumes.list.query({ limit: 200 })],
    ['volumes, by name', () => client.volumes.list.query({ sort: 'name', direction: 'asc' })],
    ['volumes, available only', () => client.volumes.list.query({ status: ['available'] })],
    ['volumes, name has "-99"', () => client.volumes.list.query({ search: '-99' })],
    ['volumes, by attachments', () => client.volumes.list.query({ sort: 'attachments' })],
    ['servers, newest 50', () => client.servers.list.query({})],
    ['attachments, newest 50', () => client.attachments.list.query({})],
    ['attachments, by server', () => client.attachments.list.query({ sort: 'server', direction: 'asc' })],
  ];
  const timings: Timings[] = [];
  for (const [name, ask] of lists) timings.push(await time(name, ROUNDS, ask));
  return timings;
}

/** What the page of an object asks for: every action on it, explained. */
async function timeExplain(client: Client): Promise<Timings[]> {
  const [volumes, servers] = await Promise.all([
    client.volumes.list.query({ limit: ROUNDS + 1 }),
    client.servers.list.query({ limit: ROUNDS + 1 }),
  ]);
  const next = (rows: readonly { id: string }[], kind: 'volume' | 'server') => {
    let round = 0;
    return () => {
      const id = rows[round]?.id;
      round += 1;
      if (id === undefined) throw new Error('the cloud is too small');
      return client.actions.explain.query({ kind, id });
    };
  };
  return [
    await time('volume, every action explained', ROUNDS, next(volumes.rows, 'volume')),
    await time('server, every action explained', ROUNDS, next(servers.rows, 'server')),
  ];
}

async function timeAttach(client: Client): Promise<Timings> {
  const free = await client.volumes.list.query({ status: ['available'], limit: ATTACH_ROUNDS + 1 });
  const servers = await client.servers.list.query({ limit: ATTACH_ROUNDS + 1 });
  let round = 0;
  return time('attach, click to in-use', ATTACH_ROUNDS, async () => {
    const volumeId = free.rows[round]?.id;
    const serverId = servers.rows[round]?.id;
    round += 1;
    if (volumeId === undefined || serverId === undefined) throw new Error('the cloud is too small');
    const { operationId } = await client.attachments.attach.mutate({ serverId, volumeId });
    await ended(client, operationId);
  });
}

async function timeExtend(client: Client): Promise<Timings> {
  const { rows } = await client.volumes.list.query({ status: ['available'], limit: ATTACH_ROUNDS + 1 });
  let round = 0;
  return time('extend, click to available', ATTACH_ROUNDS, async () => {
    const id = rows[round]?.id;
    round += 1;
    if (id === undefined) throw new Error('the cloud is too small');
    const call = { action: 'volume.extend', id, input: { sizeGib: LARGE_GIB } } as const;
    const { operationId } = await client.actions.run.mutate(call);
    await ended(client, operationId);
  });
}

/** Asks until the operation has ended. */
async function ended(client: Client, operationId: string): Promise<void> {
  for (;;) {
    const { outcome, reason } = await client.operations.get.query({ id: operationId });
    if (outcome === 'failed') throw new Error(reason ?? 'it failed');
    if (outcome === 'succeeded') return;
  }
}

/** One call more than is counted: the first one warms what is cold. */
async function time(name: string, rounds: number, call: () => Promise<unknown>): Promise<Timings> {
  await call();
  const ms: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await call();
    ms.push(performance.now() - began);
  }
  return { name, ms };
}

await main();
