/**
 * Lists of snapshots.
 * Source: cinder/api/v3/snapshots.py, _items.
 */
import type { Context } from '~/server/services/context';
import {
  countSnapshots,
  listSnapshotRecords,
  type SnapshotRecord,
} from '~/server/services/records/snapshot-records';
import { type Answer, answer, type Route, route } from '../route';
import {
  countedListing,
  type FilterRules,
  flagOf,
  type ListQuery,
  listQueries,
  pairsCondition,
} from './listing';
import { nextLink } from './next-link';
import { snapshotDetail, snapshotSummary } from './snapshot-view';
import { viewerOf } from './volume-view';

export const FILTERS: FilterRules = {
  known: ['name', 'status', 'volume_id', 'metadata', 'availability_zone', 'consumes_quota'],
  since: { metadata: 22, consumes_quota: 65 },
  read: {
    metadata: (value) => pairsCondition('metadata', value),
    consumes_quota: (value) => [{ key: 'consumes_quota', how: 'is', value: flagOf('consumes_quota', value) }],
  },
};

interface ListCall {
  context: Context;
  minor: number;
  origin: string;
  url: URL;
  query: ListQuery;
}

async function listed(call: ListCall, view: (snapshot: SnapshotRecord) => object): Promise<Answer> {
  const { listing, counted } = countedListing(call, call.query, FILTERS);
  const snapshots = await listSnapshotRecords(call.context, listing);
  const count = counted ? { count: await countSnapshots(call.context, listing) } : {};
  return answer({
    snapshots: snapshots.map(view),
    ...nextLink('snapshots_links', call, snapshots, listing.limit),
    ...count,
  });
}

const list = route({
  method: 'GET',
  path: '/snapshots',
  summary: 'List snapshots',
  status: 200,
  query: listQueries(FILTERS, { counted: true }),
  handle: (call) => listed(call, snapshotSummary),
});

const detail = route({
  method: 'GET',
  path: '/snapshots/detail',
  summary: 'List snapshots with details',
  status: 200,
  query: listQueries(FILTERS, { counted: true }),
  handle: (call) => listed(call, (snapshot) => snapshotDetail(viewerOf(call), snapshot)),
});

export const SNAPSHOT_LIST_ROUTES: readonly Route[] = [list, detail];
