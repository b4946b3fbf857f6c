'use client';

import type { Column } from '~/app/_components/column';
import { RowLink } from '~/app/_components/row-link';
import { paths } from '~/app/_lib/paths';
import type { PolicyRow } from '~/app/_trpc/types';
import type { PolicySort } from './search-params';
import { WhoNow, whoText, YouMay } from './who';

export const POLICY_COLUMNS: readonly Column<PolicyRow, PolicySort>[] = [
  {
    id: 'rule',
    header: 'Rule',
    sort: 'rule',
    width: 25,
    cell: (row) => (
      <RowLink href={paths.policyRule(row.id)} isId>
        {row.id}
      </RowLink>
    ),
  },
  { id: 'permits', header: 'Permits', sort: 'permits', cell: (row) => row.permits },
  {
    id: 'default',
    header: 'By default',
    sort: 'default',
    width: 11.5,
    cell: (row) => <span className="text-muted">{whoText(row.byDefault)}</span>,
  },
  { id: 'now', header: 'Now', sort: 'now', width: 13, cell: (row) => <WhoNow rule={row} /> },
  { id: 'you', header: 'You may', width: 5, cell: (row) => <YouMay rule={row} /> },
];
