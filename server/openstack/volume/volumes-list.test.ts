/** Lists of volumes: who sees which, orders, pages. */
import { describe, expect, test } from 'vitest';
import { openListedVolumes } from '~/server/testing/listed-volumes';
import type { Person } from '~/server/testing/rest';
import { NOWHERE, VOLUMES } from '~/server/testing/rest-volumes';

const here = openListedVolumes();
const { list } = here;

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
    const query = `?all_tenants=true&project_id=${here.cloud.altProject.id}`;
    expect((await list(query, '3.0', 'admin')).names).toBe('f');
  });

  test('the short list has names and links only', async () => {
    const { body } = await list('?name=b');
    expect(body.volumes).toEqual([
      {
        id: here.volumes.first.id,
        name: 'b',
        links: [
          {
            rel: 'self',
            href: `http://mooring.test/volume/v3/${here.cloud.projectId}/volumes/${here.volumes.first.id}`,
          },
          {
            rel: 'bookmark',
            href: `http://mooring.test/volume/${here.cloud.projectId}/volumes/${here.volumes.first.id}`,
          },
        ],
      },
    ]);
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
      marker: here.volumes.second.id,
    });
  });

  test('an offset, no rows at all, and more than there are', async () => {
    expect((await list('?offset=1')).names).toBe('cb');
    expect(await list('?limit=0')).toMatchObject({ names: '', body: { volumes: [] } });
    const { names, body } = await list('?limit=5000');
    expect({ names, links: body.volumes_links }).toEqual({ names: 'acb', links: undefined });
  });

  test('a marker must be of this list', async () => {
    expect((await list(`?marker=${here.volumes.third.id}`)).names).toBe('cb');
    for (const marker of [NOWHERE, 'x', here.volumes.foreign.id]) {
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
      const { status, body } = await here.cloud.ask(person, 'GET', path, undefined, { microversion });
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
