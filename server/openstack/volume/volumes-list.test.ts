/** Lists of volumes: who sees which, filters, orders, pages. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeVolume, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';
import { NOWHERE, VOLUMES } from '~/server/testing/rest-volumes';

let cloud: RestCloud;
/** The first is the oldest; the last is another project's. */
let volumes: Record<'first' | 'second' | 'third' | 'hidden' | 'foreign', VolumeRecord>;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 7, minute));
  const pool = 'a@usual#pool';
  const first = {
    name: 'b',
    metadata: { tier: 'gold', 'in use': "it's" },
    createdAt: at(0),
    updatedAt: at(0),
    pool,
  };
  const second = { name: 'c', bootable: true, sizeGib: 2, createdAt: at(1), imageMetadata: { os: 'linux' } };
  const third = {
    name: 'a',
    status: 'error',
    readonlyTold: true,
    createdAt: at(2),
    pool: 'b@other#x',
  } as const;
  const hidden = { name: 'h', migrationStatus: `target:${NOWHERE}`, createdAt: at(3) } as const;
  const elsewhere = {
    name: 'f',
    projectId: cloud.altProject.id,
    createdAt: at(4),
    metadata: { tier: 'lead' },
  };
  volumes = {
    first: await cloud.newVolume(first),
    second: await cloud.newVolume(second),
    third: await cloud.newVolume(third),
    hidden: await cloud.newVolume(hidden),
    foreign: await makeVolume(cloud.runtime.database, elsewhere),
  };
});
afterAll(() => cloud.close());

interface Listed {
  volumes: { id: string; name: string }[];
  volumes_links?: { rel: string; href: string }[];
  count?: number;
}

async function list(query: string, microversion = '3.71', person: Person = 'member') {
  const told = await cloud.ask(person, 'GET', `${VOLUMES}${query}`, undefined, { microversion });
  const body = told.body as Listed;
  return { status: told.status, body, names: body.volumes?.map(({ name }) => name).join('') };
}

describe('who sees which', () => {
  test.each<[Person, string, string]>([
    ['member', '', 'acb'],
    ['reader', '', 'acb'],
    ['member', '?all_tenants=1', 'acb'],
    ['alt', '', 'f'],
    ['admin', '', 'hacb'],
    ['admin', '?all_tenants=1', 'fhacb'],
    ['admin', '?all_tenants=false', 'hacb'],
  ])('%s with %s: %s', async (person, query, names) => {
    expect((await list(query, '3.71', person)).names).toBe(names);
    expect((await list(`/detail${query}`, '3.0', person)).names).toBe(names);
  });

  test('an administrator chooses a project', async () => {
    const query = `?all_tenants=true&project_id=${cloud.altProject.id}`;
    expect((await list(query, '3.0', 'admin')).names).toBe('f');
  });

  test('the short list has names and links only', async () => {
    const { body } = await list('?name=b');
    expect(body.volumes).toEqual([
      {
        id: volumes.first.id,
        name: 'b',
        links: [
          {
            rel: 'self',
            href: `http://mooring.test/volume/v3/${cloud.projectId}/volumes/${volumes.first.id}`,
          },
          {
            rel: 'bookmark',
            href: `http://mooring.test/volume/${cloud.projectId}/volumes/${volumes.first.id}`,
          },
        ],
      },
    ]);
  });
});

describe('filters', () => {
  const q = encodeURIComponent;

  test.each([
    ['name=b', 'b'],
    ['name=nobody', ''],
    ['status=error', 'a'],
    ['status=available', 'cb'],
    ['status=nonsense', ''],
    ['size=2', 'c'],
    ['size=two', ''],
    ['bootable=true', 'c'],
    ['bootable=False', 'ab'],
    ['availability_zone=nova', 'acb'],
    ['availability_zone=moon', ''],
    ['migration_status=success', ''],
    [`group_id=${NOWHERE}`, ''],
    ['consumes_quota=true', 'acb'],
    [`metadata=${q("{'tier': 'gold'}")}`, 'b'],
    [`metadata=${q(`{"tier": "gold", 'in use': "it's"}`)}`, 'b'],
    [`metadata=${q("{u'tier': u'lead'}")}`, ''],
    [`metadata=${q("{'readonly': 'False'}")}`, 'a'],
    ['metadata={}', 'acb'],
    ['metadata=tier', ''],
    ['metadata=[1]', ''],
    ['created_at=gt:2026-11-20T07:00:00', 'ac'],
    ['created_at=gte:2026-11-20T07:00:00Z,lt:2026-11-20T07:02:00', 'cb'],
    ['created_at=eq:2026-11-20T08:01:00%2B01:00', 'c'],
    ['created_at=neq:2026-11-20T07:01:00', 'ab'],
    ['updated_at=lte:2026-11-20T07:00:00', 'b'],
  ])('%s → "%s"', async (query, names) => {
    expect(await list(`?${query}`)).toMatchObject({ status: 200, names });
  });

  test.each([
    'name=%00',
    'bootable=maybe',
    'consumes_quota=x',
    'created_at=2026-11-20',
    'created_at=gt:tomorrow',
    'created_at=gt:2026-02-30T00:00:00',
    'created_at=after:2026-11-20T00:00:00',
    'nonsense=1',
    'glance_metadata=%7B%7D',
    'project_id=x',
    'name~=b',
    'all_tenants=perhaps',
    'limit=-1',
    'limit=x',
    'limit=',
    'offset=-1',
    'offset=2147483648',
    'sort=name:up',
    'sort=nonsense',
    'sort=metadata',
    'sort=name&sort_key=size',
    'sort_dir=sideways',
    'with_count=perhaps',
  ])('%s is refused', async (query) => {
    expect((await list(`?${query}`)).status).toBe(400);
  });

  test('what a version does not know is passed over', async () => {
    expect((await list('?nonsense=1', '3.30')).names).toBe('acb');
    expect((await list('?created_at=gt:2030-01-01T00:00:00', '3.59')).names).toBe('acb');
    expect((await list('?consumes_quota=false', '3.64')).names).toBe('acb');
    expect((await list('?bootable=perhaps', '3.1')).names).toBe('c');
    expect((await list('?with_count=true', '3.44')).status).toBe(400);
  });

  test.each([
    ['name~=b', 'b'],
    ['name~=%25', ''],
    ['host=a', 'b'],
    ['host=a@usual', 'b'],
    ['host=a@usual%23pool', 'b'],
    ['host=a@us', ''],
    [`glance_metadata=${encodeURIComponent("{'os': 'linux'}")}`, 'c'],
    ['multiattach=true', ''],
    ['id=x', ''],
    ['nonsense=1', ''],
    [`user_id=user-1&status=error`, 'a'],
  ])('an administrator may use any attribute: %s → "%s"', async (query, names) => {
    expect(await list(`?${query}`, '3.71', 'admin')).toMatchObject({ status: 200, names });
  });
});

describe('orders', () => {
  test.each([
    ['sort=name:asc', 'abc'],
    ['sort=name', 'cba'],
    ['sort=status:asc,name:asc', 'bca'],
    ['sort_key=size&sort_dir=asc', 'bac'],
    ['sort_key=created_at&sort_dir=asc', 'bca'],
    ['sort_dir=asc', 'bca'],
    ['sort=bootable,display_name:asc', 'cab'],
    ['sort=host:asc,name:asc', 'cba'],
  ])('%s → %s', async (query, names) => {
    expect((await list(`?${query}`)).names).toBe(names);
  });
});

describe('pages', () => {
  test('lead from one to the next, to the end', async () => {
    const seen: string[] = [];
    let path = '?limit=2&sort=name:asc';
    for (let pages = 0; path !== '' && pages < 5; pages += 1) {
      const { body, names } = await list(path);
      seen.push(names);
      const next = body.volumes_links?.[0]?.href;
      path = next === undefined ? '' : new URL(next).search;
    }
    expect(seen).toEqual(['ab', 'c']);
  });

  test('the next one is asked for as this one was', async () => {
    const { body } = await list('/detail?limit=1&status=available');
    const href = new URL(body.volumes_links?.[0]?.href ?? '');
    expect(`${href.origin}${href.pathname}`).toBe('http://mooring.test/volume/v3/volumes/detail');
    expect(Object.fromEntries(href.searchParams)).toEqual({
      limit: '1',
      status: 'available',
      marker: volumes.second.id,
    });
  });

  test('an offset, no rows at all, and more than there are', async () => {
    expect((await list('?offset=1')).names).toBe('cb');
    expect(await list('?limit=0')).toMatchObject({ names: '', body: { volumes: [] } });
    const { names, body } = await list('?limit=5000');
    expect({ names, links: body.volumes_links }).toEqual({ names: 'acb', links: undefined });
  });

  test('a marker must be of this list', async () => {
    expect((await list(`?marker=${volumes.third.id}`)).names).toBe('cb');
    for (const marker of [NOWHERE, 'x', volumes.foreign.id]) {
      expect((await list(`?marker=${marker}`)).status).toBe(404);
    }
  });

  test('the count is of all of them', async () => {
    expect((await list('?limit=1&with_count=true', '3.45')).body.count).toBe(3);
    expect((await list('?status=error&with_count=1')).body.count).toBe(1);
    expect((await list('?limit=1')).body).not.toHaveProperty('count');
  });
});

describe('sums', () => {
  test('count, GiB and metadata, by version', async () => {
    const sum = async (person: Person, query: string, microversion: string) => {
      const path = `${VOLUMES}/summary${query}`;
      const { status, body } = await cloud.ask(person, 'GET', path, undefined, { microversion });
      return { status, ...(body as object) };
    };
    expect(await sum('member', '', '3.12')).toEqual({
      status: 200,
      'volume-summary': { total_count: 4, total_size: 5 },
    });
    expect(await sum('admin', '?all_tenants=1', '3.36')).toMatchObject({
      'volume-summary': {
        total_count: 5,
        total_size: 6,
        metadata: { tier: ['gold', 'lead'], 'in use': ["it's"] },
      },
    });
    expect(await sum('member', '', '3.11')).toMatchObject({ status: 404 });
  });
});
