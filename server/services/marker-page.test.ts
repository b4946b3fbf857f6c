/** Pages after a marker: every row once, in every order, whatever the keys share. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, makeVolume } from '~/db/factories';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { Direction } from './keyset';
import { markerPage } from './marker-page';
import { RefusedError } from './refused';

let cloud: TestCloud;
let projectId: string;

beforeAll(async () => {
  cloud = await openTestCloud();
  const { database } = cloud.runtime;
  projectId = (await makeProject(database)).id;
  // Three sizes and two names: most rows share their keys with others.
  for (let at = 0; at < 12; at += 1) {
    await makeVolume(database, { projectId, sizeGib: 1 + (at % 3), name: `data-${at % 2}` });
  }
});
afterAll(() => cloud.close());

interface Row {
  id: string;
  name: string;
  size: number;
}

function page(directions: readonly [Direction, Direction], marker: string | undefined, limit: number) {
  const { sql } = cloud.runtime.database;
  return markerPage<Row>(sql, {
    select: sql`t.id, t.name, t.size_gib as size`,
    from: sql`from volumes t`,
    where: sql`t.project_id = ${projectId}`,
    sort: [
      { key: sql`t.name`, direction: directions[0] },
      { key: sql`t.size_gib`, direction: directions[1] },
    ],
    marker,
    limit,
    unknownMarker: 'not_found',
  });
}

test.each([[['asc', 'asc']], [['desc', 'desc']], [['asc', 'desc']], [['desc', 'asc']]] as const)(
  'pages of five hold every row once, in order %s',
  async (directions) => {
    const seen: Row[] = [];
    for (;;) {
      const rows = await page(directions, seen.at(-1)?.id, 5);
      seen.push(...rows);
      if (rows.length < 5) break;
    }
    expect(seen).toEqual(await page(directions, undefined, 100));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(12);
    const sizes = seen.filter(({ name }) => name === 'data-0').map(({ size }) => size);
    const sorted = sizes.toSorted((one, other) => (directions[1] === 'asc' ? one - other : other - one));
    expect(sizes).toEqual(sorted);
  },
);

test.each([randomUUID(), 'no id at all', ''])('the unknown marker %j is told', async (marker) => {
  await expect(page(['asc', 'asc'], marker, 5)).rejects.toThrow(RefusedError);
});
