/** Finds a browser to test with, or brings one. */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {Record<string, string>} env what the browser needs in its environment, besides ours
 * @property {string} from where it comes from, for the person who waits
 */

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * @returns {Promise<Browser>}
 * @throws {Error} saying what to install, when there is none and none can be brought
 */
export async function findBrowser() {
  const chosen = process.env.CHROME;
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROME is wrong: ${chosen} cannot be executed`);
    return { executablePath: chosen, env: {}, from: 'CHROME' };
  }
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  if (own && isExecutable(own)) return { executablePath: own, env: {}, from: 'Playwright' };
  const system = systemPaths.find(isExecutable);
  if (system) return { executablePath: system, env: {}, from: 'the system' };
  return unpackBrowser();
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser of the npm package `@sparticuz/chromium`, made for machines that have nothing: it brings the libraries
 * and a font too. It is unpacked once and kept beside the packages.
 *
 * @returns {Browser}
 */
function unpackBrowser() {
  const require = createRequire(import.meta.url);
  const advice =
    'No browser to test with: install one, for example with "apt-get install chromium", or set CHROME to one';
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(advice);
  let entry;
  try {
    entry = require.resolve('@sparticuz/chromium');
  } catch {
    throw new Error(advice);
  }
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../../package.json'), 'utf8'));
  const folder = join(cacheFolder(), `chromium-${version}`);
  if (!existsSync(folder)) {
    const building = mkdtempSync(`${folder}-`);
    // The package unpacks into the folder for temporary files, and its libraries only on the cloud it was made for.
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"],
      {
        cwd: fileURLToPath(new URL('.', import.meta.url)),
        env: { ...process.env, TMPDIR: building, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
        encoding: 'utf8',
      },
    );
    if (status !== 0) {
      rmSync(building, { recursive: true, force: true });
      throw new Error(`${advice} (the one from npm cannot be unpacked: ${stderr.trim().split('\n').at(-1)})`);
    }
    writeFileSync(join(building, 'fonts/fonts.conf'), fontsConfig(folder));
    try {
      renameSync(building, folder);
    } catch {
      // Another run was faster.
      rmSync(building, { recursive: true, force: true });
    }
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
    from: `npm (@sparticuz/chromium ${version})`,
  };
}

/** @returns {string} beside the packages, or among the temporary files where those belong to somebody else */
function cacheFolder() {
  const beside = fileURLToPath(new URL('../node_modules/.cache/mooring', import.meta.url));
  try {
    mkdirSync(beside, { recursive: true });
    accessSync(beside, constants.W_OK);
    return beside;
  } catch {
    const own = join(tmpdir(), `mooring-browser-${process.getuid?.() ?? 0}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return own;
  }
}

/** @param {string} folder of the unpacked browser, with a font for machines that have none */
function fontsConfig(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}
