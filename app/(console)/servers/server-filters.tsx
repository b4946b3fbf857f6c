'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { choice, counted, type ListFilter } from '~/app/_components/list-filters';
import { useTRPC } from '~/app/_trpc/context';
import { SERVER_STATUSES } from '~/server/domain/server';
import type { serverParams } from './search-params';

type Params = inferParserType<typeof serverParams>;

/** Filters of the list of servers. */
export function useServerFilters(
  params: Params,
  set: (values: Partial<Pick<Params, 'status' | 'host' | 'cursor'>>) => unknown,
): ListFilter[] {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.servers.facets.queryOptions({ allProjects: params.all }));
  return [
    choice({
      label: 'Status',
      values: params.status,
      known: SERVER_STATUSES,
      optionOf: counted(facets?.statuses, params.status),
      onChange: (status) => set({ status, cursor: null }),
    }),
    choice({
      label: 'Host',
      values: params.host,
      known: facets?.hosts ?? params.host,
      onChange: (host) => set({ host, cursor: null }),
    }),
  ];
}
