/**
 * Lists of things that are mostly the same: every row on one page and on one only, whatever they are ordered by, and
 * found by what they hang on.
 */
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeHost, makeServer, makeVolume } from '~/db/factories';
import { openTwoProjects } from '~/server/testing/two-projects';
import { candidatesInput, volumeCandidates } from './attach-candidates';
import { listAttachments, listAttachmentsInput } from './attachment-rows';
import type { Context } from './context';
import { listServers, listServersInput } from './server-rows';
import { listVolumes, listVolumesInput, volumeFacets } from './volume-rows';

const here = openTwoProjects();

interface Listed {
  rows: { id: string }[];
  next: string | null;
  previous: string | null;
}

/** @returns the ids of all pages, down to the last and up again */
async function walk(list: (cursor: string | undefined) => Promise<Listed>): Promise<[string[], string[]]> {
  const down: string[] = [];
  let page = await list(undefined);
  down.push(...page.rows.map(({ id }) => id));
  while (page.next !== null) {
    page = await list(page.next);
    down.push(...page.rows.map(({ id }) => id));
  }
  const up = page.rows.map(({ id }) => id);
  while (page.previous !== null) {
    page = await list(page.previous);
    up.unshift(...page.rows.map(({ id }) => id));
  }
  return [down, up];
}

async function fill(): Promise<{ volumes: string[]; servers: string[]; attachments: string[] }> {
  const { database } = here.cloud.runtime;
  const host = (await makeHost(database)).name;
  const made = { volumes: [] as string[], servers: [] as string[], attachments: [] as string[] };
  for (let at = 0; at < 7; at += 1) {
    const projectId = (at % 3 === 2 ? here.other : here.project).id;
    const status = at % 2 === 0 ? 'error' : 'available';
    const free = await makeVolume(database, { projectId, status, name: `free-${at}` });
    const held = await makeVolume(database, { projectId, name: `held-${at}` });
    const server = await makeServer(database, { projectId, host, name: `web-${at}` });
    const attachment = await makeAttachment(database, held, { serverId: server.id });
    made.volumes.push(free.id, held.id);
    made.servers.push(server.id);
    made.attachments.push(attachment.id);
  }
  return made;
}

describe('every row comes once, down and up again,', () => {
  it.each(['name', 'status', 'size', 'type', 'project', 'zone', 'attachments', 'created'] as const)(
    'of volumes by %s',
    async (sort) => {
      const { volumes } = await fill();
      for (const direction of ['asc', 'desc'] as const) {
        const [down, up] = await walk((cursor) =>
          listVolumes(
            here.admin,
            listVolumesInput.parse({ allProjects: true, sort, direction, limit: 3, cursor }),
          ),
        );
        expect(down.filter((id) => volumes.includes(id)).sort()).toEqual([...volumes].sort());
        expect(new Set(down).size).toBe(down.length);
        expect(up).toEqual(down);
      }
    },
  );

  it.each(['name', 'status', 'host', 'project', 'flavor', 'zone', 'attachments', 'created'] as const)(
    'of servers by %s',
    async (sort) => {
      const { servers } = await fill();
      const [down, up] = await walk((cursor) =>
        listServers(here.admin, listServersInput.parse({ allProjects: true, sort, limit: 3, cursor })),
      );
      expect(down.filter((id) => servers.includes(id)).sort()).toEqual([...servers].sort());
      expect(up).toEqual(down);
    },
  );

  it.each(['volume', 'server', 'device', 'status', 'mode', 'project', 'created'] as const)(
    'of attachments by %s',
    async (sort) => {
      const { attachments } = await fill();
      const [down, up] = await walk((cursor) =>
        listAttachments(
          here.admin,
          listAttachmentsInput.parse({ allProjects: true, sort, limit: 3, cursor }),
        ),
      );
      expect(down.filter((id) => attachments.includes(id)).sort()).toEqual([...attachments].sort());
      expect(up).toEqual(down);
    },
  );
});

it.each([
  ['a word for a time', ['0', 'soon']],
  ['one key too many', ['0', '2026-11-21T07:00:00Z', 'more']],
  ['no key', []],
])('begins no page after a mark with %s', async (_, keys) => {
  const mark = ['volumes.created.desc', false, keys, '00000000-0000-4000-8000-000000000000'];
  const cursor = Buffer.from(JSON.stringify(mark)).toString('base64url');
  const asked = listVolumesInput.parse({ sort: 'created', direction: 'desc', cursor });
  await expect(listVolumes(here.member, asked)).rejects.toMatchObject({
    refusals: [{ rule: 'list.bad-cursor', code: 'invalid' }],
  });
});

it('a picker offers what can be attached first, page by page, each once', async () => {
  const { servers, volumes } = await fill();
  const [serverId = ''] = servers;
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await volumeCandidates(here.member, serverId, candidatesInput.parse({ limit: 2, cursor }));
    names.push(...page.rows.map(({ row }) => row.facts.name));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(names).toHaveLength(volumes.filter((_, at) => Math.floor(at / 2) % 3 !== 2).length);
  const possible = ['free-1', 'free-3'];
  expect(names.slice(0, 2)).toEqual(possible);
  expect(names.slice(2)).toEqual(names.filter((name) => !possible.includes(name)).sort());
});

describe('attachments', () => {
  const found = async (context: Context, search: string): Promise<string[]> => {
    const page = await listAttachments(context, listAttachmentsInput.parse({ search }));
    return page.rows.map(({ id }) => id).sort();
  };

  it('are found by the name of their volume, of their server, and by either id', async () => {
    const { attachments, servers, volumes } = await fill();
    const [first] = attachments;
    expect(await found(here.member, 'ELD-0')).toEqual([first]);
    expect(await found(here.member, 'web-0')).toEqual([first]);
    expect(await found(here.member, servers[0] ?? '')).toEqual([first]);
    expect(await found(here.member, volumes[1] ?? '')).toEqual([first]);
    expect(await found(here.member, 'web-2')).toEqual([]);
    expect(await found(here.member, 'nothing of the kind')).toEqual([]);
  });

  it('go with their volume to another project', async () => {
    const { attachments, volumes } = await fill();
    const { sql } = here.cloud.runtime.database;
    const [attachment = ''] = attachments;
    expect(await found(here.member, attachment)).toEqual([attachment]);
    await sql`update volumes set project_id = ${here.other.id} where id = ${volumes[1] ?? ''}`;
    expect(await found(here.member, attachment)).toEqual([]);
  });
});

it('the statuses of a list are counted, each as far as lists count', async () => {
  await fill();
  const { statuses } = await volumeFacets(here.member, false);
  expect(statuses).toEqual([
    { value: 'available', count: 2, capped: false },
    { value: 'in-use', count: 5, capped: false },
    { value: 'error', count: 3, capped: false },
  ]);
});
