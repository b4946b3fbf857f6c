/**
 * Who gets which answer from each route of the compute API. What nobody without a good token gets is in strangers.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPUTE_ROWS } from '~/server/testing/compute-rows';
import { computeThings } from '~/server/testing/compute-things';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { askKnown, leftOut, type Things } from '~/server/testing/role-matrix';
import { COMPUTE_ROUTES } from './routes';

let cloud: RestCloud;
let things: Things;
beforeAll(async () => {
  cloud = await openRestCloud();
  things = await computeThings(cloud);
});
afterAll(() => cloud.close());

it('is told for every route', () => {
  expect(leftOut(COMPUTE_ROUTES, COMPUTE_ROWS)).toEqual([]);
});

describe('who may', () => {
  const named = COMPUTE_ROWS.map(
    (each) => [`${each.request} ${JSON.stringify(each.body) ?? ''}`, each] as const,
  );
  it.each(named)('%s', async (_, each) => {
    expect(await askKnown(cloud, each, { root: '/compute/v2.1', major: 2, things })).toEqual(each.expected);
  });
});
