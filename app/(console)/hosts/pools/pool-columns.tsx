'use client';

import type { Column } from '~/app/_components/column';
import { NameCell } from '~/app/_components/usual-columns';
import { Size } from '~/app/_entities/size';
import { paths } from '~/app/_lib/paths';
import type { PoolRow } from '~/app/_trpc/types';
import type { PoolSort } from '../search-params';
import { ServiceState } from '../service-state';
import { Capacity } from './capacity';

export const POOL_COLUMNS: readonly Column<PoolRow, PoolSort>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    cell: (row) => <NameCell href={`${paths.pools}?peek=${encodeURIComponent(row.id)}`} name={row.name} />,
  },
  {
    id: 'state',
    header: 'Backend',
    sort: 'state',
    width: 11,
    cell: (row) =>
      row.service === null ? (
        <span className="text-faint">not reported</span>
      ) : (
        <ServiceState service={row.service} />
      ),
  },
  { id: 'used', header: 'Used', sort: 'used', width: 12, cell: (row) => <Capacity pool={row} /> },
  {
    id: 'free',
    header: 'Free',
    sort: 'free',
    width: 7.5,
    align: 'end',
    cell: (row) => <Gib gib={row.freeGib} />,
  },
  {
    id: 'total',
    header: 'Total',
    sort: 'total',
    width: 7.5,
    align: 'end',
    cell: (row) => <Gib gib={row.totalGib} />,
  },
  {
    id: 'allocated',
    header: 'Allocated',
    sort: 'allocated',
    width: 8,
    align: 'end',
    cell: (row) => <Gib gib={row.allocatedGib} />,
  },
  {
    id: 'volumes',
    header: 'Volumes',
    sort: 'volumes',
    width: 7,
    align: 'end',
    cell: (row) => (row.volumes === 0 ? <span className="text-faint">–</span> : row.volumes.toLocaleString()),
  },
];

function Gib({ gib }: { gib: number | null }) {
  return gib === null ? <span className="text-faint">not told</span> : <Size gib={gib} />;
}
