/**
 * Lists of volumes, and their sums.
 * Source: cinder/api/v3/volumes.py, _get_volumes and summary.
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import {
  countVolumes,
  listVolumeNames,
  listVolumeRecords,
  summarizeVolumes,
} from '~/server/services/records/volume-records';
import { type Answer, answer, type Route, route } from '../route';
import {
  countedListing,
  type FilterRules,
  flagOf,
  type Listing,
  type ListQuery,
  listQueries,
  pairsCondition,
} from './listing';
import { nextLink } from './next-link';
import { timeConditions } from './time-filter';
import { viewerOf, volumeDetail, volumeName } from './volume-view';

/** Whether it is strict about what a yes is (before, whatever is not a no). */
const STRICT_BOOTABLE = 2;
const NO = ['f', 'false', 'off', 'n', 'no', '0'];

export const FILTERS: FilterRules = {
  known: [
    'name',
    'status',
    'metadata',
    'bootable',
    'migration_status',
    'availability_zone',
    'group_id',
    'size',
    'created_at',
    'updated_at',
    'consumes_quota',
  ],
  since: { glance_metadata: 4, group_id: 10, created_at: 60, updated_at: 60, consumes_quota: 65 },
  read: {
    metadata: (value) => pairsCondition('metadata', value),
    glance_metadata: (value) => pairsCondition('glance_metadata', value),
    bootable: (value, minor) => {
      const bootable =
        minor < STRICT_BOOTABLE ? !NO.includes(value.toLowerCase()) : flagOf('bootable', value);
      return [{ key: 'bootable', how: 'is', value: bootable }];
    },
    consumes_quota: (value) => [{ key: 'consumes_quota', how: 'is', value: flagOf('consumes_quota', value) }],
    created_at: (value) => timeConditions('created_at', value),
    updated_at: (value) => timeConditions('updated_at', value),
  },
};

interface ListCall {
  context: Context;
  minor: number;
  origin: string;
  url: URL;
  query: ListQuery;
}

/** @param read one page; what is shown of a volume is up to it */
async function listed(
  call: ListCall,
  read: (listing: Listing) => Promise<readonly { id: string }[]>,
): Promise<Answer> {
  const { listing, counted } = countedListing(call, call.query, FILTERS);
  const volumes = await read(listing);
  const count = counted ? { count: await countVolumes(call.context, listing) } : {};
  return answer({ volumes, ...nextLink('volumes_links', call, volumes, listing.limit), ...count });
}

const list = route({
  method: 'GET',
  path: '/volumes',
  summary: 'List volumes',
  status: 200,
  query: listQueries(FILTERS, { counted: true }),
  handle: (call) =>
    listed(call, async (listing) => {
      const rows = await listVolumeNames(call.context, listing);
      return rows.map((row) => volumeName(viewerOf(call), row));
    }),
});

const detail = route({
  method: 'GET',
  path: '/volumes/detail',
  summary: 'List volumes with details',
  status: 200,
  query: listQueries(FILTERS, { counted: true }),
  handle: (call) =>
    listed(call, async (listing) => {
      const rows = await listVolumeRecords(call.context, listing);
      return rows.map((row) => volumeDetail(viewerOf(call), row));
    }),
});

const summary = route({
  method: 'GET',
  path: '/volumes/summary',
  summary: 'Sum up volumes',
  status: 200,
  since: 12,
  query: { 12: z.object({ all_tenants: z.string().optional() }) },
  handle: async (call) => {
    const { context, minor, query } = call;
    const everywhere = query.all_tenants !== undefined && flagOf('all_tenants', query.all_tenants);
    const { count, gib, metadata } = await summarizeVolumes(context, everywhere);
    return answer({
      'volume-summary': { total_count: count, total_size: gib, ...(minor >= 36 ? { metadata } : {}) },
    });
  },
});

export const VOLUME_LIST_ROUTES: readonly Route[] = [list, detail, summary];
