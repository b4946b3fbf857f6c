/**
 * Lists of servers through the compute API: what is in them, in what order, page by page.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
const ids: Record<string, string> = {};

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const { host, newServer, altProject, runtime } = cloud;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 7, minute));
  const servers = [
    await newServer({ name: 'web-1', createdAt: at(1), updatedAt: at(1), tags: ['shop', 'front'] }),
    await newServer({
      name: 'web-2',
      createdAt: at(2),
      updatedAt: at(2),
      tags: ['shop'],
      reservationId: 'r-1',
    }),
    await newServer({
      name: 'db-1',
      createdAt: at(3),
      updatedAt: at(3),
      vmState: 'stopped',
      flavorId: 'tiny',
    }),
    await newServer({ name: 'db-2', createdAt: at(4), updatedAt: at(4), lockedBy: 'owner' }),
    await newServer({ name: 'trash', createdAt: at(5), updatedAt: at(5), vmState: 'soft-delete' }),
    await newServer({
      name: 'gone',
      createdAt: at(6),
      updatedAt: at(6),
      vmState: 'deleted',
      deletedAt: at(6),
    }),
    await makeServer(runtime.database, { name: 'other', createdAt: at(7), projectId: altProject.id, host }),
  ];
  for (const { name, id } of servers) ids[name] = id;
});
afterAll(() => cloud.close());

interface Listed {
  status: number;
  names: string[];
  body: unknown;
}

async function list(query: string, person: Person = 'member', microversion = '2.1'): Promise<Listed> {
  const told = await cloud.ask(person, 'GET', `/compute/v2.1/servers${query}`, undefined, { microversion });
  const { servers = [] } = told.body as { servers?: { name: string }[] };
  return { status: told.status, names: servers.map(({ name }) => name), body: told.body };
}

const MINE = ['db-2', 'db-1', 'web-2', 'web-1'];

describe('a list of servers', () => {
  it('has those of the project that are there, newest first', async () => {
    expect((await list('')).names).toEqual(MINE);
    expect((await list('/detail')).names).toEqual(MINE);
    expect((await list('', 'alt')).names).toEqual(['other']);
  });

  it.each([
    ['a name', '?name=db', ['db-2', 'db-1']],
    ['a regular expression', '?name=^web-[12]$', ['web-2', 'web-1']],
    ['a status, in any case', '?status=shutoff', ['db-1']],
    ['several statuses', '?status=ACTIVE&status=SHUTOFF', MINE],
    ['a status there is not, of old', '?status=nonsense', []],
    ['a flavor', '?flavor=tiny', ['db-1']],
    ['an unknown flavor', '?flavor=nope', []],
    ['a reservation', '?reservation_id=r-1', ['web-2']],
    ['an address, which none has', '?ip=10', []],
    ['a host, which members may not', '?host=nope', MINE],
    ['a parameter that is none', '?nonsense=1', MINE],
    ['no rows at all', '?limit=0', []],
    ['another order', '?sort_key=display_name&sort_dir=asc', ['db-1', 'db-2', 'web-1', 'web-2']],
    ['an order that is ignored', '?sort_key=vcpus', MINE],
    [
      'two keys',
      '?sort_key=vm_state&sort_key=display_name&sort_dir=asc&sort_dir=desc',
      ['web-2', 'web-1', 'db-2', 'db-1'],
    ],
  ])('can be asked for by %s', async (_, query, names) => {
    expect(await list(query)).toMatchObject({ status: 200, names });
  });

  it.each([
    ['tags=shop,front', '2.26', ['web-1']],
    ['tags-any=front,none', '2.26', ['web-1']],
    ['not-tags=shop,front', '2.26', ['db-2', 'db-1', 'web-2']],
    ['not-tags-any=shop', '2.26', ['db-2', 'db-1']],
    ['tags=shop', '2.25', MINE],
    ['locked=true', '2.73', ['db-2']],
    ['locked=false', '2.73', ['db-1', 'web-2', 'web-1']],
    ['vm_state=stopped', '2.83', ['db-1']],
    ['vm_state=stopped', '2.82', MINE],
    ['changes-since=2026-11-21T07:03:30Z', '2.1', ['gone', 'trash', 'db-2']],
    ['changes-since=2026-11-21T07:01:30Z&changes-before=2026-11-21T07:03:30Z', '2.66', ['db-1', 'web-2']],
  ])('can be asked for %s at %s', async (query, microversion, names) => {
    expect(await list(`?${query}`, 'member', microversion)).toMatchObject({ status: 200, names });
  });

  it.each([
    ['all there are', '?all_tenants=1', ['other', ...MINE]],
    ['those of one project', () => `?tenant_id=${cloud.altProject.id}&all_tenants=`, ['other']],
    [
      'those of one project, by its other name',
      () => `?project_id=${cloud.altProject.id}&all_tenants=t`,
      ['other'],
    ],
    ['none of another project', () => `?tenant_id=${cloud.altProject.id}`, []],
    ['their own all the same', () => `?project_id=${cloud.altProject.id}`, MINE],
    ['those of a host', () => `?host=${cloud.host}`, MINE],
    ['those that are gone', '?deleted=true', ['gone']],
    ['those that are gone, by status', '?status=DELETED', ['gone']],
    ['those that wait for it', '?status=SOFT_DELETED', ['trash']],
  ])('gives administrators %s', async (_, query, names) => {
    const asked = typeof query === 'string' ? query : query();
    expect(await list(asked, 'admin')).toMatchObject({ status: 200, names });
  });

  it.each([
    ['a pattern that is none', '?name=[', '2.1', 400],
    ['a limit that is none', '?limit=-1', '2.1', 400],
    ['a marker that is none', '?marker=nope', '2.1', 400],
    ['an unknown order', '?sort_key=nonsense', '2.1', 400],
    ['an unknown direction', '?sort_dir=up', '2.1', 400],
    ['a time that is none', '?changes-since=yesterday', '2.1', 400],
    ['something internal', '?_name=1', '2.1', 400],
    ['a status there is not', '?status=nonsense', '2.38', 400],
    ['an unknown parameter', '?nonsense=1', '2.75', 400],
    ['an order of before', '?sort_key=vcpus', '2.75', 400],
    ['every project', '?all_tenants=1', '2.1', 403],
    ['what was deleted', '?status=deleted', '2.1', 403],
    ['where they are', '?sort_key=host', '2.1', 403],
  ])('is refused to a member with %s', async (_, query, microversion, status) => {
    expect((await list(query, 'member', microversion)).status).toBe(status);
  });

  it('comes in pages', async () => {
    const first = await list('?limit=3&name=[12]');
    const last = ids['web-2'] ?? '';
    expect(first).toMatchObject({
      names: ['db-2', 'db-1', 'web-2'],
      body: {
        servers_links: [
          {
            rel: 'next',
            href: `http://mooring.test/compute/v2.1/servers?limit=3&name=%5B12%5D&marker=${last}`,
          },
        ],
      },
    });
    const second = await list(`?limit=3&name=[12]&marker=${last}`);
    expect(second.names).toEqual(['web-1']);
    expect(second.body).not.toHaveProperty('servers_links');
  });

  it('is for whoever has a role', async () => {
    const told = await cloud.askAll('GET', '/compute/v2.1/servers/detail');
    const nobody = { nobody: 401, expired: 401, forged: 401, roleless: 401 };
    expect(told).toEqual({ ...nobody, alt: 200, reader: 200, member: 200, admin: 200 });
  });
});
