'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Copy, Gauge, Maximize2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { Column } from '~/app/_components/column';
import { copyText } from '~/app/_components/copy-text';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { NameCell } from '~/app/_components/usual-columns';
import { paths } from '~/app/_lib/paths';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { QuotaRow } from '~/app/_trpc/types';
import { DefaultQuotasButton } from './default-quotas-button';
import { QuotaCell } from './quota-bar';
import { resourceLabel } from './resource-words';
import { type QuotaSort, quotaListInput, quotaParams } from './search-params';

type Resource = Exclude<QuotaSort, 'name'>;

const COLUMNS: readonly Column<QuotaRow, QuotaSort>[] = [
  {
    id: 'name',
    header: 'Project',
    sort: 'name',
    cell: (row) => <NameCell href={paths.quota(row.id)} name={row.project.name} />,
  },
  ...(['volumes', 'gigabytes', 'snapshots', 'instances', 'cores', 'ram'] as const).map(columnOf),
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => (
      <ObjectActionsMenu
        object={{ kind: 'project', id: row.id, name: row.project.name }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.quota(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy project ID', onAct: () => copyText(row.id) },
        ]}
      />
    ),
  },
];

function columnOf(resource: Resource): Column<QuotaRow, QuotaSort> {
  return {
    id: resource,
    header: resource === 'gigabytes' ? 'Size' : resourceLabel(resource),
    sort: resource,
    width: resource === 'gigabytes' || resource === 'ram' ? 12 : 9,
    cell: (row) => <QuotaCell entry={entryOf(row, resource)} />,
  };
}

function entryOf(row: QuotaRow, resource: Resource) {
  return row.resources.find((entry) => entry.resource === resource);
}

function inUse(resource: Resource): (row: QuotaRow) => number {
  return (row) => entryOf(row, resource)?.inUse ?? 0;
}

const KEYS: SortKeys<QuotaRow, QuotaSort> = {
  name: (row) => row.project.name,
  volumes: inUse('volumes'),
  gigabytes: inUse('gigabytes'),
  snapshots: inUse('snapshots'),
  instances: inUse('instances'),
  cores: inUse('cores'),
  ram: inUse('ram'),
};

const QUOTAS: ListDefinition<QuotaRow, QuotaSort> = {
  title: 'Quotas',
  columns: () => COLUMNS,
  minWidth: { one: 80, all: 80 },
  Drawer: dynamic(() => import('./quota-drawer').then((file) => file.QuotaDrawer), { ssr: false }),
  action: <DefaultQuotasButton />,
  empty: { icon: Gauge, title: 'No projects', text: 'Every project has a quota, and shows here.' },
};

/** The quotas of all projects. */
export function QuotaList() {
  const [params, set] = useQueryStates(quotaParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.quotas.list.queryOptions(quotaListInput(params), { placeholderData: keepPreviousData }),
  );
  return (
    <ObjectList
      definition={QUOTAS}
      params={params}
      set={set}
      filters={[]}
      source={wholeList(query, KEYS, params)}
    />
  );
}
