import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { socketOptions, socketUrl } from '~/db/socket-url';
import { clusterRole, prepareCluster } from './cluster';
import { enter, joinCluster } from './join-cluster';
import { readPostmaster, stopPostmaster } from './postmaster';

/** A Postgres that came with Mooring. */
export interface EmbeddedDatabase {
  /** For `postgres` (with `socketOptions`) and `pg`. Stays the same when the server dies and is restarted. */
  readonly url: string;
  /** Leaves the server, and stops it when no other process of Mooring uses it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded Postgres, or joins the one that runs on the folder already (started by another process, or left
 * behind by one that was killed). While it is in use, a server that dies is started again.
 *
 * @param options.dataDir absolute path; the cluster lies in `postgres` below it
 * @param options.durable false for data that may be lost; default true
 * @param options.onLost called once when a server that died cannot be brought back
 * @returns the database `mooring` on it, created if missing, without any schema
 * @throws StartError in plain words
 */
export async function startEmbedded(options: {
  dataDir: string;
  durable?: boolean;
  onLost?: (reason: unknown) => void;
}): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(options.dataDir, options.durable ?? true);
  let leaving = false;
  let joining = joinCluster(cluster);
  const { socket } = await joining;
  const guard = async (): Promise<void> => {
    while (!leaving) {
      await (await joining).lost;
      if (!leaving) joining = joinCluster(cluster, socket);
    }
  };
  guard().catch((reason: unknown) => options.onLost?.(reason));
  const database = 'mooring';
  await createDatabase(socketUrl(socket, clusterRole, 'postgres'), database);
  return {
    url: socketUrl(socket, clusterRole, database),
    async stop() {
      leaving = true;
      const member = await joining.catch(() => null);
      if (await member?.leave()) await stopPostmaster(cluster.folder);
    },
  };
}

async function createDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { ...socketOptions(url), max: 1, fetch_types: false });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
  } catch (error) {
    // Another process of Mooring made it in between.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await sql.end();
  }
}

/**
 * Removes a data folder whose process was killed, with the server that may still run on it.
 *
 * @param dataDir absolute path, as given to {@link startEmbedded}
 */
export async function discardEmbedded(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'postgres');
  const running = await readPostmaster(folder);
  const member = running && (await enter(running.socket));
  if (member && !(await member.leave())) return;
  if (member) await stopPostmaster(folder);
  await rm(dataDir, { recursive: true, force: true });
}
