import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '~/db/client';
import { countRows } from '~/db/import/test-cloud';
import { filesOf, soundCloud } from '~/db/import/test-documents';
import { createTestDatabase } from '~/db/testing';

const run = promisify(execFile);

async function place() {
  const { url, drop } = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'mooring-import-'));
  const database = openDatabase(url, { max: 1 });
  onTestFinished(async () => {
    await database.close();
    await drop();
    await rm(folder, { recursive: true });
  });
  for (const { file, content } of filesOf(soundCloud())) {
    await writeFile(path.join(folder, file), JSON.stringify(content));
  }
  const importIt = (...args: string[]) =>
    run(process.execPath, ['server/import.mjs', ...args], {
      env: {
        ...process.env,
        DATABASE_URL: url,
        MOORING_DATA_DIR: path.join(folder, '.data'),
        INIT_CWD: folder,
      },
    });
  return { folder, database, importIt };
}

describe('npm run import', () => {
  it('brings a folder in and reports, in text and in JSON', async () => {
    const { folder, database, importIt } = await place();
    const { stdout } = await importIt('.', '--json', 'report.json');
    expect(stdout).toMatch(/servers +3 +3 +0 +0 +0\n/);
    expect(stdout).toContain('Every row keeps every rule.');
    const report = JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8'));
    expect(report.documents.volume).toMatchObject({ documents: 4, new: 4 });
    expect(await countRows(database, 'volumes')).toBe(4);
  });

  it('refuses a broken folder in one line, with exit code 1, and writes nothing', async () => {
    const { folder, database, importIt } = await place();
    await writeFile(path.join(folder, 'volumes.json'), '{"volumes": [{"id": "2000');
    await expect(importIt('.')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^volumes\.json is no complete JSON document, perhaps truncated: [^\n]*\n$/,
      ),
    });
    expect(await countRows(database, 'projects')).toBe(0);
  });

  it('explains itself when no folder is named', async () => {
    const { importIt } = await place();
    await expect(importIt()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Name one folder'),
    });
  });
});
