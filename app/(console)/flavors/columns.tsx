'use client';

import { Ban, Copy, Lock, Maximize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Column } from '~/app/_components/column';
import { copyText } from '~/app/_components/copy-text';
import { Flag } from '~/app/_components/flag';
import { RowMenu } from '~/app/_components/row-menu';
import { NameCell } from '~/app/_components/usual-columns';
import { MemorySize, Size } from '~/app/_entities/size';
import { paths } from '~/app/_lib/paths';
import type { FlavorRow } from '~/app/_trpc/types';
import type { FlavorSort } from './search-params';

type FlavorColumn = Column<FlavorRow, FlavorSort>;

export const FLAVOR_COLUMNS: readonly FlavorColumn[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    cell: (row) => (
      <NameCell
        href={paths.flavor(row.id)}
        name={row.name}
        flags={
          <>
            {row.public ? null : <Flag icon={Lock} label="private" />}
            {row.disabled ? <Flag icon={Ban} label="disabled" /> : null}
          </>
        }
      />
    ),
  },
  amount(
    'vcpus',
    'vCPUs',
    6,
    (row) => row.vcpus,
    (row) => row.vcpus.toLocaleString(),
  ),
  amount(
    'memory',
    'Memory',
    8,
    (row) => row.ramMib,
    (row) => <MemorySize mib={row.ramMib} />,
  ),
  amount(
    'disk',
    'Disk',
    7.5,
    (row) => row.diskGib,
    (row) => <Size gib={row.diskGib} />,
  ),
  amount(
    'ephemeral',
    'Ephemeral',
    8,
    (row) => row.ephemeralGib,
    (row) => <Size gib={row.ephemeralGib} />,
  ),
  amount(
    'swap',
    'Swap',
    7.5,
    (row) => row.swapMib,
    (row) => <MemorySize mib={row.swapMib} />,
  ),
  amount(
    'servers',
    'Servers',
    7,
    (row) => row.servers,
    (row) => row.servers.toLocaleString(),
  ),
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => (
      <RowMenu
        name={row.name}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.flavor(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
        ]}
      />
    ),
  },
];

function amount(
  id: FlavorSort,
  header: string,
  width: number,
  of: (row: FlavorRow) => number,
  show: (row: FlavorRow) => ReactNode,
): FlavorColumn {
  return {
    id,
    header,
    sort: id,
    width,
    align: 'end',
    cell: (row) => (of(row) === 0 ? <span className="text-faint">–</span> : show(row)),
  };
}
