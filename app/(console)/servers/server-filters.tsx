'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { Facet } from '~/app/_components/facet';
import { useTRPC } from '~/app/_trpc/context';
import { SERVER_STATUSES } from '~/server/domain/server';
import type { serverParams } from './search-params';

type Params = inferParserType<typeof serverParams>;

/** Filters of the list of servers. */
export function ServerFilters({
  params,
  set,
}: {
  params: Params;
  set: (values: Partial<Pick<Params, 'status' | 'host' | 'cursor'>>) => unknown;
}) {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.servers.facets.queryOptions({ allProjects: params.all }));
  const counts = new Map(facets?.statuses.map(({ value, count }) => [value, count]));
  return (
    <>
      <Facet
        label="Status"
        values={params.status}
        options={SERVER_STATUSES.filter((status) => counts.has(status) || params.status.includes(status)).map(
          (value) => ({ value, count: counts.get(value) ?? 0 }),
        )}
        onChange={(values) =>
          set({ status: SERVER_STATUSES.filter((status) => values.includes(status)), cursor: null })
        }
      />
      <Facet
        label="Host"
        values={params.host}
        options={(facets?.hosts ?? params.host).map((value) => ({ value }))}
        onChange={(host) => set({ host, cursor: null })}
      />
    </>
  );
}
