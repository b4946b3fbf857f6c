/**
 * What an operator may write into the policy file, and what is said about what nobody can mean.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartError } from '~/db/start-error';
import { readPolicyFile } from './policy-file';

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, `policy-${++files}.yaml`);
  await writeFile(path, text);
  return { path, reading: readPolicyFile(path) };
}

const YAML = `
# Owners may swap; deleting is for administrators and services.
os_compute_api:os-volumes-attachments:swap: owner
volume:delete: [admin, service]
volume:extend:
  - reader
volume:retype: nobody
`;

const RULES = {
  'os_compute_api:os-volumes-attachments:swap': 'owner',
  'volume:delete': ['admin', 'service'],
  'volume:extend': ['reader'],
  'volume:retype': [],
};

describe('a policy file', () => {
  it('is YAML', async () => {
    await expect((await read(YAML)).reading).resolves.toEqual(RULES);
  });

  it('is JSON', async () => {
    const text = JSON.stringify({ ...RULES, 'volume:retype': 'nobody' }, null, '\t');
    await expect((await read(text)).reading).resolves.toEqual(RULES);
  });

  it.each(['', '# nothing yet\n', '{}', 'volume:get: reader', 'volume:delete: [member, member]'])(
    'changes nothing with %j in it',
    async (text) => {
      await expect((await read(text)).reading).resolves.toEqual({});
    },
  );

  it('is not needed', async () => {
    await expect(readPolicyFile(null)).resolves.toEqual({});
  });
});

const WHO = 'it must be admin, member, reader, owner, service, a list of these, or nobody';

const WRONG: [string, string][] = [
  ['volume:delte: admin', 'there is no rule volume:delte; the nearest is volume:delete'],
  [
    'os_compute_api:server:stop: admin',
    'there is no rule os_compute_api:server:stop; the nearest is os_compute_api:servers:stop',
  ],
  ['toString: admin', 'there is no rule toString; the nearest is'],
  ['volume:delete: operator', `rule volume:delete is for "operator", which is no role; ${WHO}`],
  ['volume:delete: rule:admin_api', 'rule volume:delete is for "rule:admin_api", which is no role'],
  ['volume:delete: [admin, nobody]', `rule volume:delete is for "nobody", which is no role; ${WHO}`],
  ['volume:delete:', `rule volume:delete names no role; ${WHO}`],
  ['volume:delete: {role: admin}', `rule volume:delete names no role; ${WHO}`],
  ['volume:delete: []', 'rule volume:delete has an empty list; write nobody if that is meant'],
  ['- volume:delete', 'it must map rules to those who may'],
  ['volume:delete: admin\nvolume:delete: member', 'Map keys must be unique at line 2, column 1'],
  ['{"volume:delete": "admin"', 'at line 1, column'],
];

describe('is refused by name', () => {
  it.each(WRONG)('%j', async (text, sentence) => {
    const { path, reading } = await read(text);
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartError);
    expect(error).toHaveProperty('message', expect.stringContaining(`MOORING_POLICY, file ${path}: `));
    expect(error).toHaveProperty('message', expect.stringContaining(sentence));
    expect(String(error)).not.toContain('\n');
  });

  it('with a line for everything that is wrong', async () => {
    const { reading } = await read('volume:delte: admin\nvolume:get: reader\nvolume:extend: boss');
    await expect(reading).rejects.toThrow(/^.*volume:delete\n.*"boss".*$/);
  });

  it('when it cannot be read', async () => {
    const path = join(folder, 'missing.yaml');
    await expect(readPolicyFile(path)).rejects.toThrow(
      `MOORING_POLICY names ${path}, which cannot be read (ENOENT)`,
    );
    await expect(readPolicyFile(folder)).rejects.toThrow(
      `MOORING_POLICY names ${folder}, which cannot be read (EISDIR)`,
    );
  });
});
