import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { StartError } from '~/db/start-error';

/**
 * As whom Postgres runs. It refuses the uid 0, and its initdb refuses a uid without a name; both are common in
 * containers.
 */
export interface Identity {
  /** Command to put before the program; empty to run it directly. */
  readonly prefix: readonly string[];
  /** Another user to run as; the files of the cluster then belong to that user. */
  readonly other?: { readonly uid: number; readonly gid: number };
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Unprivileged accounts that systems and images bring along, best first. */
const knownAccounts = ['postgres', 'node', 'nobody'];

/**
 * @param owner uid that owns an existing cluster, null before the first start
 * @returns who can run Postgres here
 * @throws StartError saying what to do when nobody can
 */
export function chooseIdentity(owner: number | null): Identity {
  const uid = process.getuid?.() ?? -1;
  const accounts = readAccounts();
  if (uid !== 0 && hasName()) return { prefix: [] };
  if (uid === 0 && owner) {
    return {
      prefix: [],
      other: { uid: owner, gid: accounts.find((one) => one.uid === owner)?.gid ?? owner },
    };
  }
  const inner =
    accounts.find((one) => one.uid > 0 && one.uid < 65_534) ?? accounts.find((one) => one.uid > 0);
  if (inner) {
    // A user namespace of its own, where our uid has another number; its files stay ours outside.
    const prefix = ['unshare', '--user', `--map-user=${inner.uid}`, '--'];
    if (spawnSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0)
      return { prefix };
  }
  if (uid !== 0) {
    throw new StartError(
      `The embedded Postgres needs a user with a name, uid ${uid} has none in /etc/passwd: run as another user, or set DATABASE_URL`,
    );
  }
  const other = knownAccounts.flatMap((name) => accounts.find((one) => one.name === name) ?? []).at(0);
  if (!other) {
    throw new StartError(
      'Postgres does not run as root, and this machine forbids user namespaces and has no unprivileged account: run Mooring as an ordinary user, or set DATABASE_URL',
    );
  }
  return { prefix: [], other: { uid: other.uid, gid: other.gid } };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function readAccounts(): Account[] {
  let text: string;
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/**
 * @param identity who asks
 * @param flag what is asked, as of test(1): "-x" may enter or execute, "-r" may read
 * @param path file or folder
 * @returns whether that user may
 */
export function mayAccess(identity: Identity, flag: '-x' | '-r', path: string): boolean {
  if (!identity.other) return true;
  return spawnSync('test', [flag, path], { ...identity.other, cwd: '/', stdio: 'ignore' }).status === 0;
}
