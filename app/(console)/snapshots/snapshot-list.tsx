'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { bulkOf } from '~/app/_actions/bulk-of';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { nameOf } from '~/app/_entities/name';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import type { SnapshotRow } from '~/app/_trpc/types';
import { snapshotColumns } from './columns';
import { type SnapshotSort, snapshotListInput, snapshotParams } from './search-params';
import { useSnapshotFilters } from './snapshot-filters';

const SNAPSHOTS: ListDefinition<SnapshotRow, SnapshotSort> = {
  title: 'Snapshots',
  columns: snapshotColumns,
  minWidth: { one: 66, all: 72 },
  Drawer: dynamic(() => import('./snapshot-drawer').then((file) => file.SnapshotDrawer), { ssr: false }),
  bulk: { name: nameOf, Bar: bulkOf('snapshot') },
  empty: {
    icon: Camera,
    title: 'No snapshots yet',
    text: 'A snapshot keeps what a volume held at one moment; new volumes can be made from it.',
  },
};

/** All snapshots of the project, or of all projects. */
export function SnapshotList() {
  const [params, set] = useQueryStates(snapshotParams);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = snapshotListInput(params);
  const query = useQuery(trpc.snapshots.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const filters = useSnapshotFilters(params, set, query.data?.rows ?? []);
  return (
    <ObjectList
      definition={SNAPSHOTS}
      params={params}
      set={set}
      filters={filters}
      source={{
        query,
        pages: {
          kind: 'snapshot',
          queryKey: trpc.snapshots.list.queryKey(input),
          ask: () => client.snapshots.list.query(input),
        },
      }}
    />
  );
}
