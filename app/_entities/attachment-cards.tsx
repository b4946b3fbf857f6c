'use client';

import { Unlink } from 'lucide-react';
import Link from 'next/link';
import { ActionButton } from '~/app/_components/action-button';
import { StatusBadge } from '~/app/_components/status-badge';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { AttachmentRow } from '~/app/_trpc/types';
import { isRoot } from '~/server/domain/attachment';
import { attachmentState, disagreements, holderName, rowDetachRefusals } from './attachment-state';
import { BrokenBadge } from './broken-badge';
import { nameOf } from './name';

/**
 * The attachments of one thing, as a short list with the way to end each.
 * @param seenFrom the end that is known already: only the other one is named
 * @param volumeSince since when that volume is in its status
 */
export function AttachmentCards({
  rows,
  seenFrom,
  volumeSince,
}: {
  rows: readonly AttachmentRow[];
  seenFrom: 'server' | 'volume';
  volumeSince?: string;
}) {
  if (rows.length === 0) {
    return (
      <p className="rounded-md border border-dashed px-3 py-5 text-center text-muted text-sm">
        {seenFrom === 'server' ? 'No volume is attached.' : 'Attached to no server.'}
      </p>
    );
  }
  return (
    <ul className="divide-y rounded-md border">
      {rows.map((row) => (
        <AttachmentCard key={row.id} row={row} seenFrom={seenFrom} volumeSince={volumeSince} />
      ))}
    </ul>
  );
}

function AttachmentCard({
  row,
  seenFrom,
  volumeSince,
}: {
  row: AttachmentRow;
  seenFrom: 'server' | 'volume';
  volumeSince: string | undefined;
}) {
  const actor = useActor();
  const dialogs = useDialogs();
  const { status, family, since } = attachmentState(row, volumeSince);
  const { computeSide, instanceId, mode } = row.facts;
  const other = seenFrom === 'server' ? nameOf(row.volume) : holderName(row.facts);
  const title = `Detach ${nameOf(row.volume)} from ${holderName(row.facts)}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate">
          <OtherEnd row={row} seenFrom={seenFrom} name={other} />
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
          <span className="font-mono">{computeSide?.device ?? 'no device'}</span>
          <span>{mode === 'ro' ? 'read-only' : mode === 'rw' ? 'read and write' : 'mode not chosen'}</span>
          {isRoot(row.facts) ? <span>root disk</span> : null}
          {computeSide?.deleteOnTermination ? <span>deleted with the server</span> : null}
        </p>
      </div>
      <span className="flex items-center gap-2">
        <StatusBadge status={status} family={family} since={since} />
        <BrokenBadge sentences={disagreements(row)} />
      </span>
      <ActionButton
        verb="detach"
        size="small"
        title={title}
        refusals={rowDetachRefusals(actor, row)}
        onAct={() => {
          if (instanceId !== null) dialogs.detach({ serverId: instanceId, volumeId: row.volume.id });
        }}
      >
        <Unlink aria-hidden className="size-3" />
        Detach<span className="sr-only"> {other}</span>
      </ActionButton>
    </li>
  );
}

function OtherEnd({
  row,
  seenFrom,
  name,
}: {
  row: AttachmentRow;
  seenFrom: 'server' | 'volume';
  name: string;
}) {
  const href =
    seenFrom === 'server' ? paths.volume(row.volume.id) : row.server && paths.server(row.server.id);
  if (href === null) return <span className="text-muted italic">{name}</span>;
  return (
    <Link href={href} prefetch={false} className="rounded font-medium underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}
