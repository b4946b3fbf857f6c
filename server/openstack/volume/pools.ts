/**
 * Pools as the scheduler sees them, and what a backend can do.
 * Source: cinder/api/contrib/scheduler_stats.py, cinder/api/contrib/capabilities.py
 */
import { z } from 'zod';
import { getBackend, listStoragePools } from '~/server/services/records/storage-pool-records';
import { answer, type Route, route } from '../route';
import { queryBool } from './schema-types';

/** Before these versions a filter is passed over. */
const NAME = 28;
const TYPE = 35;

const base = z.object({ detail: queryBool.optional() });
const byName = base.extend({ name: z.string().optional() });
const byType = byName.extend({ volume_type: z.string().optional() });

/** Parameters that only some versions have. */
function filterOf(query: z.output<typeof base>): { name?: string; volumeType?: string } {
  const { name, volume_type } = byType.parse({ ...query, detail: undefined });
  return {
    ...(name === undefined ? {} : { name }),
    ...(volume_type === undefined ? {} : { volumeType: volume_type }),
  };
}

const TEXTS = ['volume_backend_name', 'driver_version', 'vendor_name', 'storage_protocol'] as const;

/** What volumes on a backend can be asked to have, for whoever makes types. */
const PROPERTIES = {
  thin_provisioning: {
    title: 'Thin Provisioning',
    type: 'boolean',
    description: 'Takes room as it is written to.',
  },
  multiattach: {
    title: 'Multiattach',
    type: 'boolean',
    description: 'Can be attached to several servers at once.',
  },
};

export const POOL_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/scheduler-stats/get_pools',
    summary: 'List the pools of storage',
    status: 200,
    query: { 0: base, [NAME]: byName, [TYPE]: byType },
    handle: async ({ context, query }) => {
      const pools = await listStoragePools(context, filterOf(query));
      return answer({
        pools: pools.map(({ name, capabilities }) =>
          query.detail === true ? { name, capabilities } : { name },
        ),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/capabilities/:host',
    summary: 'Show what a backend can do',
    status: 200,
    handle: async ({ context, params: { host } }) => {
      const { name, capabilities } = await getBackend(context, host);
      return answer({
        namespace: `OS::Storage::Capabilities::${name.split('#')[0]}`,
        pool_name: String(capabilities.pool_name),
        ...Object.fromEntries(TEXTS.map((key) => [key, String(capabilities[key])])),
        display_name: null,
        description: null,
        visibility: null,
        properties: PROPERTIES,
        replication_targets: [],
      });
    },
  }),
];
