/**
 * Lists of volumes, and their sums.
 * Source: cinder/api/v3/volumes.py, _get_volumes and summary.
 */
import type { Condition } from '~/server/services/records/column-conditions';
import {
  countVolumes,
  listVolumeNames,
  listVolumeRecords,
  summarizeVolumes,
} from '~/server/services/records/volume-records';
import { answer, type Route, route } from '../route';
import {
  type FilterRules,
  flagOf,
  type Listing,
  listingOf,
  listQuery,
  nextLinks,
  timeConditions,
} from './listing';
import { pairsOf } from './python-dict';
import { viewerOf, volumeDetail, volumeName } from './volume-view';

/** Whether it is strict about what a yes is (before, whatever is not a no). */
const STRICT_BOOTABLE = 2;
const NO = ['f', 'false', 'off', 'n', 'no', '0'];
const WITH_COUNT = 45;

function pairs(key: string, value: string): Condition[] {
  return [{ key, how: 'is', value: pairsOf(value) ?? value }];
}

const FILTERS: FilterRules = {
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
    metadata: (value) => pairs('metadata', value),
    glance_metadata: (value) => pairs('glance_metadata', value),
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

type ListCall = Parameters<typeof listingOf>[0] & { origin: string; url: URL };

/** What is asked for, and whether all matches are to be counted. */
function wanted(
  call: ListCall,
  query: Parameters<typeof listingOf>[1],
): { listing: Listing; counted: boolean } {
  const { with_count, ...rest } = query;
  if (call.minor < WITH_COUNT) return { listing: listingOf(call, query, FILTERS), counted: false };
  const counted = with_count !== undefined && flagOf('with_count', String(with_count));
  return { listing: listingOf(call, rest, FILTERS), counted };
}

/** A full page says where the next one is, unless it holds all that there is. */
async function envelope<Shown extends { id: string }>(
  call: ListCall,
  { listing, counted }: ReturnType<typeof wanted>,
  volumes: readonly Shown[],
) {
  const count = counted ? await countVolumes(call.context, listing) : null;
  const last = volumes.at(-1);
  const more = last !== undefined && listing.limit <= (count ?? volumes.length);
  return {
    volumes,
    ...(more ? { volumes_links: nextLinks(call, last.id) } : {}),
    ...(count === null ? {} : { count }),
  };
}

const list = route({
  method: 'GET',
  path: '/volumes',
  summary: 'List volumes',
  query: { 0: listQuery },
  handle: async (call) => {
    const asked = wanted(call, call.query);
    const viewer = viewerOf(call);
    const rows = await listVolumeNames(call.context, asked.listing);
    return answer(
      await envelope(
        call,
        asked,
        rows.map((row) => volumeName(viewer, row)),
      ),
    );
  },
});

const detail = route({
  method: 'GET',
  path: '/volumes/detail',
  summary: 'List volumes with details',
  query: { 0: listQuery },
  handle: async (call) => {
    const asked = wanted(call, call.query);
    const viewer = viewerOf(call);
    const rows = await listVolumeRecords(call.context, asked.listing);
    return answer(
      await envelope(
        call,
        asked,
        rows.map((row) => volumeDetail(viewer, row)),
      ),
    );
  },
});

const summary = route({
  method: 'GET',
  path: '/volumes/summary',
  summary: 'Sum up volumes',
  since: 12,
  query: { 12: listQuery },
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
