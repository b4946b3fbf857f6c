'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { choice, counted, type ListFilter, needsLook } from '~/app/_components/list-filters';
import { useTRPC } from '~/app/_trpc/context';
import { SERVER_STATUS_FAMILY, SERVER_STATUSES } from '~/server/domain/server';
import type { serverParams } from './search-params';

type Params = inferParserType<typeof serverParams>;

/** Filters of the list of servers. */
export function useServerFilters(
  params: Params,
  set: (values: Partial<Pick<Params, 'status' | 'host' | 'cursor'>>) => unknown,
): ListFilter[] {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.servers.facets.queryOptions({ allProjects: params.all }));
  const status = {
    known: SERVER_STATUSES,
    onChange: (values: Params['status']) => set({ status: values, cursor: null }),
  };
  const look = needsLook({ ...status, families: SERVER_STATUS_FAMILY, values: params.status });
  return [
    look,
    choice({
      ...status,
      label: 'Status',
      // What the chip beside it has chosen is said once.
      values: look.on ? [] : params.status,
      optionOf: counted(facets?.statuses, params.status),
    }),
    choice({
      label: 'Host',
      values: params.host,
      known: facets?.hosts ?? params.host,
      onChange: (host) => set({ host, cursor: null }),
    }),
  ];
}
