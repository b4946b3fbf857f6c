'use client';

import { Copy, Maximize2, ShieldCheck } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { Column } from '~/app/_components/column';
import { copyText } from '~/app/_components/copy-text';
import { Flag } from '~/app/_components/flag';
import { CREATED, NameCell } from '~/app/_components/usual-columns';
import { isUnnamed, nameOf } from '~/app/_entities/name';
import { ByteSize } from '~/app/_entities/size';
import { paths } from '~/app/_lib/paths';
import type { ImageRow } from '~/app/_trpc/types';
import { ImageStatusBadge } from './image-status';
import type { ImageSort } from './search-params';

type ImageColumn = Column<ImageRow, ImageSort>;

export const IMAGE_COLUMNS: readonly ImageColumn[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    cell: (row) => (
      <NameCell
        href={paths.image(row.id)}
        name={nameOf(row)}
        isId={isUnnamed(row)}
        flags={row.protected ? <Flag icon={ShieldCheck} label="protected from deletion" /> : null}
      />
    ),
  },
  {
    id: 'status',
    header: 'Status',
    sort: 'status',
    width: 9,
    cell: (row) => <ImageStatusBadge status={row.status} />,
  },
  {
    id: 'visibility',
    header: 'Visibility',
    sort: 'visibility',
    width: 8,
    cell: (row) => <span className="text-muted">{row.visibility}</span>,
  },
  {
    id: 'format',
    header: 'Format',
    sort: 'format',
    width: 6.5,
    cell: (row) => <span className="text-muted">{row.diskFormat ?? '–'}</span>,
  },
  {
    id: 'size',
    header: 'Size',
    sort: 'size',
    width: 7,
    align: 'end',
    cell: (row) =>
      row.sizeBytes === null ? <span className="text-faint">–</span> : <ByteSize bytes={row.sizeBytes} />,
  },
  {
    id: 'owner',
    header: 'Owner',
    sort: 'owner',
    width: 9,
    cell: (row) => <span className="text-muted">{row.owner?.name ?? '–'}</span>,
  },
  CREATED,
  {
    id: 'verbs',
    header: 'Actions',
    width: 4,
    pinned: true,
    cell: (row) => (
      <ObjectActionsMenu
        object={{ kind: 'image', id: row.id, name: nameOf(row) }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.image(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
        ]}
      />
    ),
  },
];
