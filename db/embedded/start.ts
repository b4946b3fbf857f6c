import postgres from 'postgres';
import { socketOptions, socketUrl } from '~/db/socket-url';
import { clusterRole, prepareCluster, stopPostmaster } from './cluster';
import { joinCluster } from './join-cluster';

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
      if (await member?.leave()) await stopPostmaster(cluster);
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
