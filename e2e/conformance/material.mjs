/**
 * Where the recorded answers of a real cloud are: a folder of their own, which is not part of the project. Node's own
 * modules only, because `npm test` asks before it decides what to run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../../server/install.mjs';

/**
 * @typedef {object} Material
 * @property {string} folder absolute path, with `run.py`, `bootstrap.py` and `tempest/run.py` in it
 * @property {string} python the command
 */

/** @returns {Material | string} what is missing, as a sentence, when something is */
export function findMaterial() {
  const given = process.env.MOORING_CONFORMANCE;
  const folder = given ? resolve(given) : join(root, '../shared/conformance');
  if (!existsSync(join(folder, 'run.py'))) {
    return given
      ? `MOORING_CONFORMANCE names ${folder}, where there is no run.py.`
      : 'The recorded answers are not here: MOORING_CONFORMANCE may name their folder.';
  }
  const python = 'python3';
  const { status } = spawnSync(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  return status === 0 ? { folder, python } : 'There is no python3 of version 3.9 or newer.';
}
