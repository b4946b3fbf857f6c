'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { choice, counted, type ListFilter, only } from '~/app/_components/list-filters';
import { nameOf } from '~/app/_entities/name';
import { useTRPC } from '~/app/_trpc/context';
import type { SnapshotRow } from '~/app/_trpc/types';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import type { snapshotParams } from './search-params';

type Params = inferParserType<typeof snapshotParams>;

/** What was deleted is in no list. */
const STATUSES = SNAPSHOT_STATUSES.filter((status) => status !== 'deleted');

/**
 * Filters of the list of snapshots.
 * @param rows what is listed now: one of them knows the name of the only volume
 */
export function useSnapshotFilters(
  params: Params,
  set: (values: Partial<Pick<Params, 'status' | 'of' | 'cursor'>>) => unknown,
  rows: readonly Pick<SnapshotRow, 'volume'>[],
): ListFilter[] {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.snapshots.facets.queryOptions({ allProjects: params.all }));
  const status = choice({
    label: 'Status',
    values: params.status,
    known: STATUSES,
    optionOf: counted(facets?.statuses, params.status),
    onChange: (values) => set({ status: values, cursor: null }),
  });
  const id = params.of;
  if (id === null) return [status];
  const volume = rows.find((row) => row.volume?.id === id)?.volume ?? { id, name: '' };
  return [
    status,
    only({
      label: 'Volume',
      value: nameOf(volume),
      onRemove: () => set({ of: null, cursor: null }),
    }),
  ];
}
