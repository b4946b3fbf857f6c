'use client';

import { Copy, Maximize2, Split } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { Column } from '~/app/_components/column';
import { copyText } from '~/app/_components/copy-text';
import { Flag } from '~/app/_components/flag';
import { CREATED, NameCell } from '~/app/_components/usual-columns';
import { paths } from '~/app/_lib/paths';
import type { VolumeTypeRow } from '~/app/_trpc/types';
import { Access } from './access';
import type { VolumeTypeSort } from './search-params';
import { VolumesOfType } from './volumes-of-type';

type VolumeTypeColumn = Column<VolumeTypeRow, VolumeTypeSort>;

export const VOLUME_TYPE_COLUMNS: readonly VolumeTypeColumn[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    width: 16,
    cell: (row) => (
      <NameCell
        href={paths.volumeType(row.id)}
        name={row.name}
        flags={row.multiattach ? <Flag icon={Split} label="multiattach" /> : null}
      />
    ),
  },
  {
    id: 'description',
    header: 'Description',
    cell: (row) => <span className="text-muted">{row.description}</span>,
  },
  {
    id: 'specs',
    header: 'Extra specs',
    cell: (row) => <Specs specs={row.extraSpecs} />,
  },
  {
    id: 'access',
    header: 'For',
    sort: 'access',
    width: 9,
    cell: (row) => <Access type={row} />,
  },
  {
    id: 'volumes',
    header: 'Volumes',
    sort: 'volumes',
    width: 7,
    align: 'end',
    cell: (row) => (row.volumes === 0 ? <span className="text-faint">–</span> : <VolumesOfType type={row} />),
  },
  CREATED,
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => (
      <ObjectActionsMenu
        object={{ kind: 'volumeType', id: row.id, name: row.name }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.volumeType(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
        ]}
      />
    ),
  },
];

function Specs({ specs }: { specs: Record<string, string> }) {
  const entries = Object.entries(specs);
  if (entries.length === 0) return <span className="text-faint">–</span>;
  const text = entries.map(([key, value]) => `${key}=${value}`);
  return (
    <span data-hint={text.join(', ')} className="font-mono text-muted text-xs">
      {text.join(', ')}
    </span>
  );
}
