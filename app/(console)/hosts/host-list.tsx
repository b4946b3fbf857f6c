'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ServerCog } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { HostRow } from '~/app/_trpc/types';
import { HOST_COLUMNS } from './host-columns';
import { type HostSort, hostParams, searchInput } from './search-params';
import { HostViews } from './views';

const HOSTS: ListDefinition<HostRow, HostSort> = {
  title: 'Compute hosts',
  columns: () => HOST_COLUMNS,
  minWidth: { one: 62, all: 62 },
  Drawer: dynamic(() => import('./host-drawer').then((file) => file.HostDrawer), { ssr: false }),
  views: <HostViews />,
  empty: {
    icon: ServerCog,
    title: 'No compute hosts',
    text: 'Hosts show here once they have been imported, or report themselves.',
  },
};

const KEYS: SortKeys<HostRow, HostSort> = {
  name: (row) => row.name,
  state: (row) => (row.up ? 0 : 2) + (row.enabled ? 0 : 1),
  zone: (row) => row.zone,
  hypervisor: (row) => row.hypervisorType,
  servers: (row) => row.servers,
  attachments: (row) => row.attachments,
};

/** Where servers run. */
export function HostList() {
  const [params, set] = useQueryStates(hostParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.hosts.list.queryOptions(searchInput(params), { placeholderData: keepPreviousData }),
  );
  return (
    <ObjectList
      definition={HOSTS}
      params={params}
      set={set}
      filters={[]}
      source={wholeList(query, KEYS, params)}
    />
  );
}
