'use client';

import type { Column } from '~/app/_components/column';
import { RowLink } from '~/app/_components/row-link';
import { RelativeTime } from '~/app/_components/time';
import { isUnnamed, nameOf } from '~/app/_entities/name';
import { LockFlag, ServerStatusBadge } from '~/app/_entities/server-status';
import { paths } from '~/app/_lib/paths';
import type { ServerRow } from '~/app/_trpc/types';
import { HostName } from './host-name';
import type { ServerSort } from './search-params';
import { ServerRowVerbs } from './server-verbs';

type ServerColumn = Column<ServerRow, ServerSort>;

const NAME: ServerColumn = {
  id: 'name',
  header: 'Name',
  sort: 'name',
  cell: (row) => (
    <span className="flex items-center gap-1">
      <span className="truncate">
        <RowLink href={paths.server(row.id)} isId={isUnnamed(row.facts)}>
          {nameOf(row.facts)}
        </RowLink>
      </span>
      <LockFlag lockedBy={row.facts.lockedBy} />
    </span>
  ),
};

const PROJECT: ServerColumn = {
  id: 'project',
  header: 'Project',
  sort: 'project',
  width: 7,
  cell: (row) => <span className="text-muted">{row.projectName}</span>,
};

const OTHERS: readonly ServerColumn[] = [
  {
    id: 'status',
    header: 'Status',
    sort: 'status',
    width: 14,
    cell: (row) => (
      <ServerStatusBadge status={row.status} since={row.statusSince} taskState={row.facts.taskState} />
    ),
  },
  {
    id: 'attachments',
    header: 'Volumes',
    sort: 'attachments',
    width: 6.5,
    align: 'end',
    cell: (row) =>
      row.attachmentCount === 0 ? (
        <span className="text-faint">–</span>
      ) : (
        row.attachmentCount.toLocaleString()
      ),
  },
  {
    id: 'host',
    header: 'Host',
    sort: 'host',
    width: 8.5,
    cell: (row) => <HostName host={row.host} name={row.facts.host} />,
  },
  {
    id: 'flavor',
    header: 'Flavor',
    sort: 'flavor',
    width: 8,
    cell: (row) => <span className="text-muted">{row.flavorName}</span>,
  },
  {
    id: 'zone',
    header: 'Zone',
    sort: 'zone',
    width: 5.5,
    cell: (row) => <span className="text-muted">{row.facts.availabilityZone}</span>,
  },
  {
    id: 'created',
    header: 'Created',
    sort: 'created',
    width: 7,
    cell: (row) => (
      <span className="text-muted">
        <RelativeTime iso={row.createdAt} />
      </span>
    ),
  },
  { id: 'verbs', header: 'Actions', width: 7, pinned: true, cell: (row) => <ServerRowVerbs row={row} /> },
];

/** @param projects whether rows of several projects are listed */
export function serverColumns(projects: boolean): readonly ServerColumn[] {
  return projects ? [NAME, PROJECT, ...OTHERS] : [NAME, ...OTHERS];
}
