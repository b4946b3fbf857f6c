'use client';

import type { Column } from '~/app/_components/column';
import { CopyableId } from '~/app/_components/copyable';
import { RowLink } from '~/app/_components/row-link';
import { RelativeTime } from '~/app/_components/time';
import { operationTitle, phaseText } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import type { OperationRow } from '~/app/_trpc/types';
import { OutcomeBadge } from './outcome-badge';
import { Took } from './took';

type OperationColumn = Column<OperationRow, 'started'>;

const TITLE: OperationColumn = {
  id: 'title',
  header: 'Operation',
  width: 17,
  cell: (row) => <RowLink href={paths.operation(row.id)}>{operationTitle(row)}</RowLink>,
};

const PROJECT: OperationColumn = {
  id: 'project',
  header: 'Project',
  width: 6,
  cell: (row) => <span className="text-muted">{row.projectName}</span>,
};

const OTHERS: readonly OperationColumn[] = [
  {
    id: 'outcome',
    header: 'Outcome',
    width: 8.5,
    cell: (row) => <OutcomeBadge operation={row} />,
  },
  {
    id: 'reason',
    header: 'What it says',
    cell: (row) =>
      row.outcome === 'running' ? (
        <span className="text-muted">{phaseText(row.phase)}</span>
      ) : row.reason === null ? (
        <span className="text-faint">–</span>
      ) : (
        <span data-hint={row.reason}>{row.reason}</span>
      ),
  },
  { id: 'user', header: 'By', width: 6.5, cell: (row) => <span className="text-muted">{row.userName}</span> },
  {
    id: 'started',
    header: 'Started',
    sort: 'started',
    width: 6.5,
    cell: (row) => (
      <span className="text-muted">
        <RelativeTime iso={row.startedAt} />
      </span>
    ),
  },
  { id: 'took', header: 'Took', width: 5, align: 'end', cell: (row) => <Took operation={row} /> },
  {
    id: 'request',
    header: 'Request',
    width: 9,
    cell: (row) => <RequestId requestId={row.requestId} />,
  },
];

/** @param projects whether rows of several projects are listed */
export function operationColumns(projects: boolean): readonly OperationColumn[] {
  return projects ? [TITLE, PROJECT, ...OTHERS] : [TITLE, ...OTHERS];
}

function RequestId({ requestId }: { requestId: string }) {
  return <CopyableId id={requestId} label="request ID" shown={requestId.replace(/^req-/, '').slice(0, 8)} />;
}
