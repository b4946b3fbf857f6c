import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '~/db/start-error';

/**
 * The key that signs and encrypts what leaves the server, kept between runs. Several front doors of one cloud need the
 * same: give it to each as MOORING_SECRET_KEY.
 *
 * @param dataDir folder of Mooring's data; created if missing
 * @returns 32 bytes, from the file `secret.key`, which is made on the first start and readable by its owner only
 * @throws StartError when the file holds something else, or cannot be written
 */
export async function keepSecretKey(dataDir: string): Promise<Uint8Array> {
  const file = join(dataDir, 'secret.key');
  const found = (await read(file)) ?? (await create(dataDir, file));
  const key = Buffer.from(found, 'base64');
  if (key.length !== 32) {
    throw new StartError(
      `${file} does not hold 32 bytes in base64: restore it, or remove it to make a new key`,
    );
  }
  return new Uint8Array(key);
}

async function read(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(
      `The key file ${file} cannot be read (${error.code}): set MOORING_DATA_DIR to a folder of yours, or MOORING_SECRET_KEY`,
    );
  });
}

async function create(dataDir: string, file: string): Promise<string> {
  const made = `${file}.${process.pid}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(made, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    // Whole or not at all, and the first of two that start at once wins.
    await link(made, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartError(
      `The key file ${file} cannot be written (${(error as NodeJS.ErrnoException).code}): set MOORING_DATA_DIR to a folder you may write, or MOORING_SECRET_KEY`,
    );
  } finally {
    await rm(made, { force: true });
  }
}
