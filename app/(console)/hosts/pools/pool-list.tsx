'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { PoolRow } from '~/app/_trpc/types';
import { type PoolSort, poolParams, searchInput } from '../search-params';
import { HostViews } from '../views';
import { POOL_COLUMNS } from './pool-columns';

const POOLS: ListDefinition<PoolRow, PoolSort> = {
  title: 'Storage pools',
  columns: () => POOL_COLUMNS,
  minWidth: { one: 70, all: 70 },
  Drawer: dynamic(() => import('./pool-drawer').then((file) => file.PoolDrawer), { ssr: false }),
  views: <HostViews />,
  empty: {
    icon: Database,
    title: 'No storage pools',
    text: 'Pools show here once a storage backend reports what it has.',
  },
};

const KEYS: SortKeys<PoolRow, PoolSort> = {
  name: (row) => row.name,
  state: (row) => (row.service === null ? 3 : (row.service.up ? 0 : 2) + (row.service.enabled ? 0 : 1)),
  used: ({ totalGib, freeGib }) =>
    totalGib === null || freeGib === null || totalGib === 0 ? -1 : 1 - freeGib / totalGib,
  total: (row) => row.totalGib ?? Number.POSITIVE_INFINITY,
  free: (row) => row.freeGib ?? Number.POSITIVE_INFINITY,
  allocated: (row) => row.allocatedGib,
  volumes: (row) => row.volumes,
};

/** Where volumes are. */
export function PoolList() {
  const [params, set] = useQueryStates(poolParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.pools.list.queryOptions(searchInput(params), { placeholderData: keepPreviousData }),
  );
  return (
    <ObjectList
      definition={POOLS}
      params={params}
      set={set}
      filters={[]}
      source={wholeList(query, KEYS, params)}
    />
  );
}
