import postgres from 'postgres';
import { socketOptions, socketUrl } from '~/db/socket-url';
import { StartError } from '~/db/start-error';
import { type Cluster, clusterRole } from './cluster';
import { launch, readPostmaster, socketFolder } from './postmaster';

/**
 * Everyone who uses the cluster holds this advisory lock in shared mode, in a connection of its own. It is the one
 * lock that neither a crash nor a kill can leave behind, and it tells the last to leave that it is the last.
 */
const membership = 7_305_229_514;

/** How long a start may take in all, in ms: recovery after a crash, or the end of a server that is stopping. */
const patience = 60_000;

/** A held place in the cluster. */
export interface Member {
  readonly socket: string;
  /** Resolves when the connection is lost, which means that the server died. */
  readonly lost: Promise<void>;
  /** @returns whether nobody else is there any more; then the caller must stop the server */
  leave(): Promise<boolean>;
}

/**
 * Enters the running server, whoever started it, or starts it.
 *
 * @param socket folder of the socket of a server that died under us, to keep the URL alive
 * @returns our place in it
 * @throws StartError when it does not come up
 */
export async function joinCluster(cluster: Cluster, socket?: string): Promise<Member> {
  const end = Date.now() + patience;
  let chosen = socket;
  let attempt: { ended(): string | null } | null = null;
  let reason = `no answer within ${patience / 1000} s`;
  while (Date.now() < end) {
    const running = await readPostmaster(cluster.folder);
    const joined = running && (await enter(running.socket));
    if (joined) return joined;
    if (!attempt) {
      chosen ??= await socketFolder(cluster);
      attempt = await launch(cluster, chosen);
    }
    const ended = attempt.ended();
    if (ended !== null) {
      reason = ended;
      // A killed server lingers for a moment, as a zombie or through its children; so does one that is stopping.
      if (!/already exists|still in use|postmaster/.test(reason)) break;
      attempt = null;
    }
    await pause(ended === null ? 20 : 200);
  }
  throw new StartError(
    `The embedded Postgres in ${cluster.folder} does not start: ${reason} (see ${cluster.log})`,
  );
}

/**
 * @param socket folder of the socket
 * @returns our place, or null while nobody listens, or the server is starting or stopping
 */
export async function enter(socket: string): Promise<Member | null> {
  let close = (): void => {};
  const lost = new Promise<void>((resolve) => {
    close = resolve;
  });
  const url = socketUrl(socket, clusterRole, 'postgres');
  const sql = postgres(url, {
    ...socketOptions(url),
    max: 1,
    // The lock lives as long as its connection: it must neither idle out nor be renewed.
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    fetch_types: false,
    onclose: () => close(),
    connection: { application_name: 'mooring member' },
  });
  const entered = await sql<
    { held: boolean }[]
  >`select pg_try_advisory_lock_shared(${membership}) as held`.catch((error: unknown) => {
    if (isPassing(error)) return [];
    throw error;
  });
  if (!entered[0]?.held) {
    await sql.end({ timeout: 1 });
    return null;
  }
  return {
    socket,
    lost,
    async leave() {
      const alone = await sql<{ last: boolean }[]>`
        select pg_advisory_unlock_shared(${membership}), pg_try_advisory_lock(${membership}) as last`.catch(
        () => [],
      );
      // Kept open when we are last: a newcomer must see that the server is about to stop.
      if (!alone[0]?.last) await sql.end({ timeout: 1 });
      return alone[0]?.last ?? false;
    },
  };
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return [
    'ECONNREFUSED',
    'ENOENT',
    'ECONNRESET',
    'EPIPE',
    'CONNECTION_CLOSED',
    'CONNECT_TIMEOUT',
    '57P01',
    '57P03',
  ].includes(code);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
