'use client';

import Link from 'next/link';
import type { Column } from '~/app/_components/column';
import { StatusBadge } from '~/app/_components/status-badge';
import { CREATED, NameCell, withProject } from '~/app/_components/usual-columns';
import { holderName } from '~/app/_entities/attachment-state';
import { isUnnamed, nameOf } from '~/app/_entities/name';
import { Size } from '~/app/_entities/size';
import { VolumeFlags } from '~/app/_entities/volume-flags';
import { paths } from '~/app/_lib/paths';
import type { VolumeRow } from '~/app/_trpc/types';
import { type AttachmentFacts, isRoot } from '~/server/domain/attachment';
import { VOLUME_STATUS_FAMILY } from '~/server/domain/volume';
import type { VolumeSort } from './search-params';
import { VolumeRowVerbs } from './volume-verbs';

type VolumeColumn = Column<VolumeRow, VolumeSort>;

const NAME: VolumeColumn = {
  id: 'name',
  header: 'Name',
  sort: 'name',
  cell: (row) => (
    <NameCell
      href={paths.volume(row.id)}
      name={nameOf(row.facts)}
      isId={isUnnamed(row.facts)}
      flags={<VolumeFlags facts={row.facts} />}
    />
  ),
};

const OTHERS: readonly VolumeColumn[] = [
  {
    id: 'status',
    header: 'Status',
    sort: 'status',
    width: 11,
    cell: (row) => (
      <StatusBadge
        status={row.facts.status}
        family={VOLUME_STATUS_FAMILY[row.facts.status]}
        since={row.statusSince}
      />
    ),
  },
  {
    id: 'size',
    header: 'Size',
    sort: 'size',
    width: 5.5,
    align: 'end',
    cell: (row) => <Size gib={row.facts.sizeGib} />,
  },
  {
    id: 'attachments',
    header: 'Attached to',
    sort: 'attachments',
    cell: (row) => <AttachedTo attachments={row.attachments} />,
  },
  {
    id: 'type',
    header: 'Type',
    sort: 'type',
    width: 6.5,
    cell: (row) => <span className="text-muted">{row.typeName}</span>,
  },
  {
    id: 'zone',
    header: 'Zone',
    sort: 'zone',
    width: 5.5,
    cell: (row) => <span className="text-muted">{row.facts.availabilityZone}</span>,
  },
  { ...CREATED, width: 6.5 },
  { id: 'verbs', header: 'Actions', width: 10.5, pinned: true, cell: (row) => <VolumeRowVerbs row={row} /> },
];

export const volumeColumns = withProject(NAME, OTHERS);

function AttachedTo({ attachments }: { attachments: readonly AttachmentFacts[] }) {
  const [first, ...others] = attachments;
  if (first === undefined) return <span className="text-faint">–</span>;
  return (
    <span className="flex items-center gap-1.5">
      <span className="cut">
        <Holder attachment={first} />
      </span>
      {first.computeSide === null ? null : (
        <span className="shrink-0 font-mono text-faint text-xs">
          {shortDevice(first.computeSide.device)}
          {isRoot(first) ? ' root' : ''}
        </span>
      )}
      {others.length === 0 ? null : (
        <span
          data-hint={others.map(holderName).join(', ')}
          className="shrink-0 rounded bg-sunken px-1 text-muted text-xs"
        >
          +{others.length}
          <span className="sr-only">: {others.map(holderName).join(', ')}</span>
        </span>
      )}
    </span>
  );
}

/** `/dev/` says nothing in a list where every device begins with it. */
function shortDevice(device: string | null): string {
  return device?.replace(/^\/dev\//, '') ?? '';
}

function Holder({ attachment }: { attachment: AttachmentFacts }) {
  const name = holderName(attachment);
  if (attachment.instanceId === null || attachment.instanceName === null) {
    return <span className="text-muted italic">{name}</span>;
  }
  return (
    <Link
      href={paths.server(attachment.instanceId)}
      prefetch={false}
      className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
    >
      {name}
    </Link>
  );
}
