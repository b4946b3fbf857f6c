'use client';

import Link from 'next/link';
import type { Column } from '~/app/_components/column';
import { StatusBadge } from '~/app/_components/status-badge';
import { CREATED, NameCell, withProject } from '~/app/_components/usual-columns';
import { attachmentState, disagreements, holderName } from '~/app/_entities/attachment-state';
import { BrokenBadge } from '~/app/_entities/broken-badge';
import { isUnnamed, nameOf } from '~/app/_entities/name';
import { VolumeFlags } from '~/app/_entities/volume-flags';
import { paths } from '~/app/_lib/paths';
import type { AttachmentRow } from '~/app/_trpc/types';
import { isRoot } from '~/server/domain/attachment';
import { AttachmentRowVerbs } from './attachment-verbs';
import type { AttachmentSort } from './search-params';

type AttachmentColumn = Column<AttachmentRow, AttachmentSort>;

const VOLUME: AttachmentColumn = {
  id: 'volume',
  header: 'Volume',
  sort: 'volume',
  cell: (row) => (
    <NameCell
      href={paths.attachment(row.id)}
      name={nameOf(row.volume)}
      isId={isUnnamed(row.volume)}
      flags={<VolumeFlags facts={row.volume} />}
    />
  ),
};

const OTHERS: readonly AttachmentColumn[] = [
  {
    id: 'server',
    header: 'Server',
    sort: 'server',
    cell: (row) => (
      <span className="cut block">
        <ServerEnd row={row} />
      </span>
    ),
  },
  {
    id: 'device',
    header: 'Device',
    sort: 'device',
    width: 8,
    cell: (row) => (
      <span className="font-mono text-muted text-xs">
        {row.facts.computeSide?.device ?? '–'}
        {isRoot(row.facts) ? <span className="font-sans text-faint"> root</span> : null}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    sort: 'status',
    width: 14,
    cell: (row) => {
      const { status, family, since } = attachmentState(row);
      return (
        <span className="flex items-center gap-2">
          <StatusBadge status={status} family={family} since={since} />
          <BrokenBadge sentences={disagreements(row)} />
        </span>
      );
    },
  },
  {
    id: 'mode',
    header: 'Mode',
    sort: 'mode',
    width: 5.5,
    cell: (row) => <span className="text-muted">{row.facts.mode ?? '–'}</span>,
  },
  CREATED,
  {
    id: 'verbs',
    header: 'Actions',
    width: 7,
    pinned: true,
    cell: (row) => <AttachmentRowVerbs row={row} />,
  },
];

export const attachmentColumns = withProject(VOLUME, OTHERS);

function ServerEnd({ row }: { row: AttachmentRow }) {
  const name = holderName(row.facts);
  if (row.server === null) return <span className="text-muted italic">{name}</span>;
  return (
    <Link
      href={paths.server(row.server.id)}
      prefetch={false}
      className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
    >
      {nameOf(row.server)}
    </Link>
  );
}
