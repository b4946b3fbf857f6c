'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { HeartPulse } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import type { Column } from '~/app/_components/column';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { RelativeTime } from '~/app/_components/time';
import { NameCell } from '~/app/_components/usual-columns';
import { paths } from '~/app/_lib/paths';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { ServiceRow } from '~/app/_trpc/types';
import { type ServiceSort, searchInput, serviceParams } from '../search-params';
import { ServiceState } from '../service-state';
import { HostViews } from '../views';
import { ServiceActions } from './service-actions';

const COLUMNS: readonly Column<ServiceRow, ServiceSort>[] = [
  {
    id: 'binary',
    header: 'Service',
    sort: 'binary',
    cell: (row) => (
      <NameCell href={`${paths.services}?peek=${encodeURIComponent(row.id)}`} name={row.binary} />
    ),
  },
  {
    id: 'host',
    header: 'Host',
    sort: 'host',
    cell: (row) => <span className="font-mono text-muted text-xs">{row.host}</span>,
  },
  {
    id: 'state',
    header: 'State',
    sort: 'state',
    width: 17,
    cell: (row) => <ServiceState service={row} />,
  },
  {
    id: 'zone',
    header: 'Zone',
    sort: 'zone',
    width: 8,
    cell: (row) => <span className="text-muted">{row.zone}</span>,
  },
  {
    id: 'updated',
    header: 'Last heard of',
    sort: 'updated',
    width: 9,
    cell: (row) => (
      <span className="text-muted">
        <RelativeTime iso={row.updatedAt} />
      </span>
    ),
  },
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => <ServiceActions service={row} />,
  },
];

const SERVICES: ListDefinition<ServiceRow, ServiceSort> = {
  title: 'Services',
  columns: () => COLUMNS,
  minWidth: { one: 60, all: 60 },
  Drawer: dynamic(() => import('./service-drawer').then((file) => file.ServiceDrawer), { ssr: false }),
  views: <HostViews />,
  empty: {
    icon: HeartPulse,
    title: 'No services',
    text: 'Services show here once they report themselves.',
  },
};

const KEYS: SortKeys<ServiceRow, ServiceSort> = {
  binary: (row) => row.binary,
  host: (row) => row.host,
  state: (row) => (row.up ? 0 : 2) + (row.enabled ? 0 : 1),
  zone: (row) => row.zone,
  updated: (row) => row.updatedAt,
};

/** What reports itself, of both sides of the cloud. */
export function ServiceList() {
  const [params, set] = useQueryStates(serviceParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.services.list.queryOptions(searchInput(params), { placeholderData: keepPreviousData }),
  );
  return (
    <ObjectList
      definition={SERVICES}
      params={params}
      set={set}
      filters={[]}
      source={wholeList(query, KEYS, params)}
    />
  );
}
