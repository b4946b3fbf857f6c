import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takeInventory } from './inventory';
import { readFolder } from './read-folder';
import { soundCloud } from './test-documents';

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mooring-import-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

async function inventoryOf(files: Record<string, string>) {
  return takeInventory((await readFolder(await folderWith(files))).files);
}

const servers = JSON.stringify({ servers: soundCloud().servers });

describe('a folder', () => {
  it('may be of any depth, and says which files it did not look into', async () => {
    const folder = await folderWith({
      'compute/servers.json': servers,
      'volumes.json': '\uFEFF{"volumes": []}',
      'notes.txt': 'taken on Monday',
      '.hidden.json': 'not ours',
    });
    const { files, ignored } = await readFolder(folder);
    expect(files.map((each) => each.file)).toEqual(['compute/servers.json', 'volumes.json']);
    expect(ignored).toEqual(['notes.txt']);
  });

  it('says of a server that it has no disks by an empty list in its own folder', async () => {
    const id = '10000000-0000-4000-8000-000000000001';
    const { askedForVolumes } = await inventoryOf({
      [`compute/servers/${id}/os-volume_attachments.json`]: '{"volumeAttachments": []}',
    });
    expect([...askedForVolumes]).toEqual([id]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['is empty', {}, /holds no \.json file; expected/],
    ['has an empty file', { 'servers.json': ' \n' }, /^servers\.json is empty/],
    [
      'has a truncated file',
      { 'a/servers.json': servers.slice(0, -40) },
      /^a\/servers\.json is no complete JSON/,
    ],
    ['has a list for a document', { 'servers.json': '[]' }, /^servers\.json holds no JSON object/],
    [
      'has a foreign file',
      { 'package.json': '{"name": "x"}' },
      /^package\.json is no document .* holds name; expected one of projects, /,
    ],
    ['has no list where one belongs', { 'a.json': '{"servers": {}}' }, /^a\.json: servers is no list/],
    ['has text among documents', { 'a.json': '{"servers": ["web"]}' }, /^a\.json: servers\[0\] is no object/],
    [
      'has the short list of servers',
      { 'a.json': '{"servers": [{"id": "10000000-0000-4000-8000-000000000001", "name": "web"}]}' },
      /^a\.json: servers\[0\]\.status: .*expected string/,
    ],
    [
      'has a time that is none',
      { 'a.json': servers.replace('2026-03-01T11:00:00Z', 'yesterday') },
      /^a\.json: servers\[0\]\.created: expected a time, got "yesterday"/,
    ],
    [
      'has services of another kind',
      { 'a.json': '{"services": [{"binary": "neutron-dhcp-agent", "host": "h"}]}' },
      /^a\.json: services\[0\] is neither of compute services or volume services/,
    ],
    [
      'has two accounts of one thing',
      { 'a.json': servers, 'b.json': servers.replace('"web"', '"other"') },
      /^b\.json and a\.json both describe server\/10000000-/,
    ],
  ])('that %s is refused in one sentence', async (_name, files, message) => {
    await expect(inventoryOf(files)).rejects.toThrow(message);
  });

  it('may say the same twice, as pages that overlap do', async () => {
    const { of } = await inventoryOf({ 'page-1.json': servers, 'page-2.json': servers });
    expect(of.server).toHaveLength(3);
  });

  it('that does not exist is refused', async () => {
    await expect(readFolder('/no/such/folder')).rejects.toThrow('There is no folder /no/such/folder.');
  });
});
