import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '~/db/start-error';
import { type Binaries, copyBinaries, findBinaries } from './binaries';
import { chooseIdentity, type Identity, mayAccess } from './identity';
import { isAlive } from './postmaster';
import { reasonIn, run } from './program';

/** A folder of Postgres, and how to run what is in it. */
export interface Cluster {
  /** The folder given by MOORING_DATA_DIR. */
  readonly home: string;
  /** The data folder of Postgres, below it. */
  readonly folder: string;
  readonly log: string;
  readonly binaries: Binaries;
  readonly identity: Identity;
  /** False for data that may be lost, as in tests: nothing waits for the disk. */
  readonly durable: boolean;
}

/** The role Mooring uses; only reachable through a socket in a private folder, hence without a password. */
export const clusterRole = 'mooring';

/**
 * Makes the cluster on the first start, and finds out how it is run.
 *
 * @param home absolute path of the folder for Mooring's data; created if missing
 * @param durable whether commits wait for the disk
 * @returns the cluster, not necessarily running
 * @throws StartError in plain words when this machine or folder cannot hold one
 */
export async function prepareCluster(home: string, durable: boolean): Promise<Cluster> {
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `The data folder ${home} cannot be created (${error.code}): set MOORING_DATA_DIR to a folder you may write`,
    );
  });
  const folder = join(home, 'postgres');
  const owner = await ownerOf(folder);
  const identity = chooseIdentity(owner);
  let binaries = await findBinaries();
  if (identity.other) {
    await chmod(home, 0o711);
    if (!mayAccess(identity, '-x', home)) {
      throw new StartError(
        `Postgres does not run as root, this machine forbids user namespaces, and no other user can reach ${home}: set MOORING_DATA_DIR to a folder such as /var/lib/mooring, run as an ordinary user, or set DATABASE_URL`,
      );
    }
    if (!mayAccess(identity, '-x', binaries.postgres))
      binaries = await copyBinaries(binaries, join(home, 'postgres-programs'));
    if (owner === 0) await give(folder, identity.other);
  }
  const cluster: Cluster = { home, folder, log: join(home, 'postgres.log'), binaries, identity, durable };
  if (owner === null) await create(cluster);
  return cluster;
}

async function ownerOf(folder: string): Promise<number | null> {
  return stat(folder).then(
    (found) => found.uid,
    () => null,
  );
}

async function give(folder: string, to: { uid: number; gid: number }): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    await chown(join(folder, name), to.uid, to.gid);
  await chown(folder, to.uid, to.gid);
}

/** Builds under another name first: a start that is killed half-way, or that raced, leaves no half cluster. */
async function create(cluster: Cluster): Promise<void> {
  const { binaries, durable, folder, home, identity } = cluster;
  const prefix = 'postgres.new-';
  const leftovers = (await readdir(home)).filter((name) => name.startsWith(prefix));
  for (const name of leftovers) {
    if (!isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      await rm(join(home, name), { recursive: true });
  }
  const building = await mkdtemp(join(home, `${prefix}${process.pid}-`));
  if (identity.other) await chown(building, identity.other.uid, identity.other.gid);
  const options = [
    ...['-D', building, '--username', clusterRole, '--auth-local', 'trust', '--auth-host', 'reject'],
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ...(durable ? [] : ['--no-sync']),
  ];
  const { code, output } = await run(identity, binaries.initdb, options);
  if (code !== 0) {
    await rm(building, { recursive: true, force: true });
    throw new StartError(`The embedded Postgres cannot be set up in ${home}: ${reasonIn(output)}`);
  }
  await rename(building, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(building, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}
