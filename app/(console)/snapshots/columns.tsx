'use client';

import { Copy, Maximize2 } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { Column } from '~/app/_components/column';
import { copyText } from '~/app/_components/copy-text';
import { CREATED, NameCell, withProject } from '~/app/_components/usual-columns';
import { isUnnamed, nameOf } from '~/app/_entities/name';
import { Size } from '~/app/_entities/size';
import { paths } from '~/app/_lib/paths';
import type { SnapshotRow } from '~/app/_trpc/types';
import type { SnapshotSort } from './search-params';
import { SnapshotStatusBadge } from './snapshot-status';
import { VolumeLink } from './volume-link';

type SnapshotColumn = Column<SnapshotRow, SnapshotSort>;

const NAME: SnapshotColumn = {
  id: 'name',
  header: 'Name',
  sort: 'name',
  cell: (row) => <NameCell href={paths.snapshot(row.id)} name={nameOf(row)} isId={isUnnamed(row)} />,
};

const OTHERS: readonly SnapshotColumn[] = [
  {
    id: 'status',
    header: 'Status',
    sort: 'status',
    width: 13,
    cell: (row) => <SnapshotStatusBadge snapshot={row} />,
  },
  {
    id: 'volume',
    header: 'Volume',
    sort: 'volume',
    cell: (row) => (
      <span className="cut block">
        <VolumeLink volume={row.volume} />
      </span>
    ),
  },
  {
    id: 'size',
    header: 'Size',
    sort: 'size',
    width: 7,
    align: 'end',
    cell: (row) => <Size gib={row.sizeGib} />,
  },
  { ...CREATED, width: 7.5 },
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => (
      <ObjectActionsMenu
        object={{ kind: 'snapshot', id: row.id, name: nameOf(row) }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.snapshot(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
        ]}
      />
    ),
  },
];

export const snapshotColumns = withProject(NAME, OTHERS);
