'use client';

import Link from 'next/link';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { Column } from '~/app/_components/column';
import { NameCell } from '~/app/_components/usual-columns';
import { paths } from '~/app/_lib/paths';
import type { HostRow } from '~/app/_trpc/types';
import type { HostSort } from './search-params';
import { ServiceState } from './service-state';

export const HOST_COLUMNS: readonly Column<HostRow, HostSort>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    cell: (row) => <NameCell href={`${paths.hosts}?peek=${encodeURIComponent(row.id)}`} name={row.name} />,
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
    id: 'hypervisor',
    header: 'Hypervisor',
    sort: 'hypervisor',
    width: 9,
    cell: (row) => <span className="text-muted">{row.hypervisorType}</span>,
  },
  {
    id: 'multiattach',
    header: 'Multiattach',
    width: 7.5,
    cell: (row) => <span className="text-muted">{row.supportsMultiattach ? 'yes' : 'no'}</span>,
  },
  {
    id: 'servers',
    header: 'Servers',
    sort: 'servers',
    width: 7,
    align: 'end',
    cell: (row) =>
      row.servers === 0 ? (
        <span className="text-faint">–</span>
      ) : (
        <Link
          href={paths.serversOn(row.name)}
          prefetch={false}
          className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
        >
          {row.servers.toLocaleString()}
        </Link>
      ),
  },
  {
    id: 'attachments',
    header: 'Attachments',
    sort: 'attachments',
    width: 8.5,
    align: 'end',
    cell: (row) =>
      row.attachments === 0 ? <span className="text-faint">–</span> : row.attachments.toLocaleString(),
  },
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => <ObjectActionsMenu object={{ kind: 'computeService', id: row.id, name: row.name }} />,
  },
];
