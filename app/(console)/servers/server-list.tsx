'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { bulkOf } from '~/app/_actions/bulk-of';
import { CreateButton } from '~/app/_actions/create-button';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { nameOf } from '~/app/_entities/name';
import { AttachAction } from '~/app/_shell/attach-action';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import type { ServerRow } from '~/app/_trpc/types';
import { serverColumns } from './columns';
import { type ServerSort, serverListInput, serverParams } from './search-params';
import { useServerFilters } from './server-filters';

const SERVERS: ListDefinition<ServerRow, ServerSort> = {
  title: 'Servers',
  columns: serverColumns,
  minWidth: { one: 70, all: 76 },
  Drawer: dynamic(() => import('./server-drawer').then((file) => file.ServerDrawer), { ssr: false }),
  action: (
    <>
      <AttachAction />
      <CreateButton verb="server.create" look="secondary" />
    </>
  ),
  bulk: { name: (row) => nameOf(row.facts), Bar: bulkOf('server') },
  empty: {
    icon: Server,
    title: 'No servers yet',
    text: 'Servers of this project show here as soon as there are some.',
  },
};

/** All servers of the project, or of all projects. */
export function ServerList() {
  const [params, set] = useQueryStates(serverParams);
  const filters = useServerFilters(params, set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = serverListInput(params);
  const query = useQuery(trpc.servers.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <ObjectList
      definition={SERVERS}
      params={params}
      set={set}
      filters={filters}
      source={{
        query,
        pages: {
          kind: 'server',
          queryKey: trpc.servers.list.queryKey(input),
          ask: () => client.servers.list.query(input),
        },
      }}
    />
  );
}
