'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { DataTable } from '~/app/_components/data-table';
import { ListPage } from '~/app/_components/list-page';
import { insteadOfRows } from '~/app/_components/list-states';
import { Pager } from '~/app/_components/pager';
import { SearchField } from '~/app/_components/search-field';
import { useListKeys } from '~/app/_components/use-list-keys';
import { useListPlace } from '~/app/_lib/list-place';
import { useLive } from '~/app/_live/live-provider';
import { useArrivals } from '~/app/_live/use-arrivals';
import { AttachAction } from '~/app/_shell/attach-action';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { serverColumns } from './columns';
import { type ServerSort, serverListInput, serverParams } from './search-params';
import { ServerFilters } from './server-filters';

const ServerDrawer = dynamic(() => import('./server-drawer').then((file) => file.ServerDrawer), {
  ssr: false,
});

/** All servers of the project, or of all projects. */
export function ServerList() {
  const [params, set] = useQueryStates(serverParams);
  const place = useListPlace<ServerSort>(set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { gone } = useLive();

  const input = serverListInput(params);
  const query = useQuery(trpc.servers.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const page = query.data;
  const arrivals = useArrivals(
    'server',
    params.cursor === null && !query.isPlaceholderData ? page : undefined,
    () => client.servers.list.query(input),
    (fresh) => queryClient.setQueryData(trpc.servers.list.queryKey(input), fresh),
  );
  const ids = useMemo(() => page?.rows.map((row) => row.id) ?? [], [page]);
  const { move, returnTo } = useListKeys({ ids, openId: params.peek, onOpen: place.open });
  const columns = useMemo(() => serverColumns(params.all), [params.all]);

  return (
    <ListPage
      title="Servers"
      total={page?.total}
      arrivals={arrivals}
      action={<AttachAction />}
      search={<SearchField label="Search servers" value={params.q} onChange={place.search} />}
      filters={<ServerFilters params={params} set={set} />}
      pager={<Pager page={page} size={params.size} onCursor={place.turn} onSize={place.resize} />}
    >
      <DataTable
        name="Servers"
        columns={columns}
        rows={page?.rows}
        skeleton={params.size}
        refreshing={query.isPlaceholderData}
        sort={{ key: params.sort, direction: params.dir }}
        onSort={place.sort}
        openId={params.peek}
        onOpen={place.open}
        gone={gone}
        minWidth={params.all ? 76 : 70}
        instead={insteadOfRows({
          noun: 'servers',
          query,
          filtered: params.q !== '' || params.status.length + params.host.length > 0,
          onClear: () => void set({ q: null, status: null, host: null, cursor: null }),
          onFirstPage: params.cursor === null ? undefined : () => place.turn(null),
          empty: {
            icon: Server,
            title: 'No servers yet',
            text: 'Servers of this project show here as soon as there are some.',
          },
        })}
      />
      {params.peek === null ? null : (
        <ServerDrawer id={params.peek} onClose={place.close} onMove={move} returnTo={returnTo} />
      )}
    </ListPage>
  );
}
