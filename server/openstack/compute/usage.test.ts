/**
 * What servers have used: hours within the window, sums by project, pages, and who may see them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
let ids: string[];

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const FLAVOR = {
  name: 'big',
  vcpus: 2,
  ramMib: 512,
  diskGib: 20,
  ephemeralGib: 5,
  swapMib: 0,
  extraSpecs: {},
};

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const { database } = cloud.runtime;
  const of = async (projectId: string, name: string, launchedAt: Date | null, deletedAt: Date | null) => {
    const gone =
      deletedAt === null ? {} : { vmState: 'deleted' as const, deletedAt, terminatedAt: deletedAt };
    const host = deletedAt === null ? cloud.host : null;
    const server = await makeServer(database, { projectId, host, name, flavor: FLAVOR, launchedAt, ...gone });
    return server.id;
  };
  const here = cloud.projectId;
  ids = [
    await of(here, 'still there', at(2), null),
    await of(here, 'gone in the middle', at(1), at(6)),
    await of(here, 'gone before', at(1), at(3)),
    await of(here, 'launched after', at(9), null),
    await of(here, 'never launched', null, null),
  ];
  await of(cloud.altProject.id, 'of others', at(0), null);
});
afterAll(() => cloud.close());

const PATH = '/compute/v2.1/os-simple-tenant-usage';
const WINDOW = 'start=2026-01-01T04:00:00&end=2026-01-01T08:00:00';
const get = (person: 'admin' | 'member', path: string, microversion = '2.93') =>
  cloud.ask(person, 'GET', `${PATH}${path}`, undefined, { microversion });

const sums = (hours: number) => ({
  total_hours: hours,
  total_vcpus_usage: 2 * hours,
  total_memory_mb_usage: 512 * hours,
  total_local_gb_usage: 25 * hours,
  start: '2026-01-01T04:00:00.000000',
  stop: '2026-01-01T08:00:00.000000',
});

describe('a project', () => {
  it('has used what its servers ran in the window, gone ones too', async () => {
    const { status, body } = await get('member', `/${cloud.projectId}?${WINDOW}`);
    const [running = '', gone = ''] = ids;
    const server = { tenant_id: cloud.projectId, flavor: 'big', memory_mb: 512, vcpus: 2, local_gb: 25 };
    expect([status, body]).toEqual([
      200,
      {
        tenant_usage: {
          tenant_id: cloud.projectId,
          ...sums(6),
          server_usages: expect.arrayContaining([
            {
              ...server,
              name: 'still there',
              instance_id: running,
              hours: 4,
              started_at: '2026-01-01T02:00:00.000000',
              ended_at: null,
              state: 'active',
              uptime: expect.any(Number),
            },
            {
              ...server,
              name: 'gone in the middle',
              instance_id: gone,
              hours: 2,
              started_at: '2026-01-01T01:00:00.000000',
              ended_at: '2026-01-01T06:00:00.000000',
              state: 'terminated',
              uptime: 5 * 3600,
            },
          ]),
        },
      },
    ]);
    expect((body as { tenant_usage: { server_usages: unknown[] } }).tenant_usage.server_usages).toHaveLength(
      2,
    );
  });

  it('has used nothing where nothing ran', async () => {
    const { body } = await get('member', `/${cloud.projectId}?start=2020-01-01&end=2020-01-02`);
    expect(body).toEqual({ tenant_usage: {} });
  });

  it('comes in pages of servers from 2.40 on', async () => {
    const path = `/${cloud.projectId}?${WINDOW}`;
    const first = await get('member', `${path}&limit=1`);
    const href = first.textAt('tenant_usage_links', 0, 'href');
    expect(first.body).toMatchObject({ tenant_usage: { server_usages: [{}] } });
    expect(new URL(href).searchParams.get('limit')).toBe('1');
    const second = await cloud.ask(
      'member',
      'GET',
      new URL(href).pathname + new URL(href).search,
      undefined,
      {
        microversion: '2.93',
      },
    );
    const seen = [first, second].map((told) =>
      told.textAt('tenant_usage', 'server_usages', 0, 'instance_id'),
    );
    expect(seen.toSorted()).toEqual([ids[0], ids[1]].toSorted());
    const last = await get('member', `${path}&marker=${seen[1]}`);
    expect(last.body).toEqual({ tenant_usage: {} });
    expect((await get('member', `${path}&marker=${randomUUID()}`)).status).toBe(400);
    const old = await get('member', `${path}&limit=1`, '2.39');
    expect(old.body).not.toHaveProperty('tenant_usage_links');
    expect(old.body).toMatchObject({ tenant_usage: { total_hours: 6 } });
  });
});

describe('all projects', () => {
  it('are summed up for administrators, with their servers when asked', async () => {
    const { body } = await get('admin', `?${WINDOW}`);
    const usages = (body as { tenant_usages: { tenant_id: string }[] }).tenant_usages;
    expect(usages).toEqual(
      expect.arrayContaining([
        { tenant_id: cloud.projectId, ...sums(6) },
        { tenant_id: cloud.altProject.id, ...sums(4) },
      ]),
    );
    expect(usages).toHaveLength(2);
    const detailed = await get('admin', `?${WINDOW}&detailed=1`);
    expect(detailed.body).toMatchObject({
      tenant_usages: expect.arrayContaining([
        expect.objectContaining({
          tenant_id: cloud.altProject.id,
          server_usages: [expect.objectContaining({ name: 'of others', hours: 4, state: 'active' })],
        }),
      ]),
    });
  });
});

it.each([
  ['a start after the end', 'start=2026-01-02&end=2026-01-01', '2.1'],
  ['a start that is no time', 'start=yesterday', '2.1'],
  ['a key too many', 'more=1', '2.75'],
])('refuses %s', async (_, query, microversion) => {
  const { status, body } = await get('member', `/${cloud.projectId}?${query}`, microversion);
  expect([status, Object.keys(body as object)]).toEqual([400, ['badRequest']]);
});

it('shows a project to its own readers', async () => {
  expect(await cloud.askAll('GET', `${PATH}/${cloud.projectId}`)).toMatchObject({
    alt: 403,
    reader: 200,
    member: 200,
    admin: 200,
  });
  expect(await cloud.askAll('GET', PATH)).toMatchObject({ reader: 403, member: 403, admin: 200 });
});
