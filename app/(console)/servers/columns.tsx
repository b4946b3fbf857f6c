'use client';

import type { Column } from '~/app/_components/column';
import { CREATED, NameCell, withProject } from '~/app/_components/usual-columns';
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
    <NameCell
      href={paths.server(row.id)}
      name={nameOf(row.facts)}
      isId={isUnnamed(row.facts)}
      flags={<LockFlag lockedBy={row.facts.lockedBy} />}
    />
  ),
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
  CREATED,
  { id: 'verbs', header: 'Actions', width: 7, pinned: true, cell: (row) => <ServerRowVerbs row={row} /> },
];

export const serverColumns = withProject(NAME, OTHERS);
