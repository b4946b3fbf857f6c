'use client';

import Link from 'next/link';
import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { Notice } from '~/app/_components/notice';
import { FullTime } from '~/app/_components/time';
import { phaseText, type ShownOutcome, shownOutcome } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import type { OperationDetail } from '~/app/_trpc/types';
import { OutcomeBadge } from './outcome-badge';
import { Took } from './took';

const NOTES = {
  running: 'Why it goes back',
  succeeded: 'Note',
  failed: 'Why it failed',
  overtaken: 'What came in between',
} as const satisfies Record<ShownOutcome, string>;

/** Who did what to which, and how it ended. */
export function OperationFactList({ operation }: { operation: OperationDetail }) {
  const { outcome, reason, phase } = operation;
  const shown = shownOutcome(operation);
  return (
    <>
      {reason === null ? null : (
        <Notice tone={shown === 'failed' ? 'error' : 'info'} title={NOTES[shown]} className="mb-3">
          <p className="break-words">{reason}</p>
        </Notice>
      )}
      <FactList>
        <Fact name="Outcome">
          <OutcomeBadge operation={operation} />
          {outcome === 'running' ? <span className="text-muted">{phaseText(phase)}</span> : null}
        </Fact>
        <Target name="Volume" id={operation.volumeId} label={operation.volumeName} path={paths.volume} />
        <Target name="Server" id={operation.serverId} label={operation.serverName} path={paths.server} />
        <Target name="Snapshot" id={operation.snapshotId} label={null} path={paths.snapshot} />
        <Target name="Volume type" id={operation.volumeTypeId} label={null} path={paths.volumeType} />
        <Target name="Image" id={operation.imageId} label={null} path={paths.image} />
        {operation.serviceId === null ? null : <Fact name="Service">{operation.serviceId}</Fact>}
        <Target name="Attachment" id={operation.attachmentId} label={null} path={paths.attachment} />
        <Fact name="By">
          {operation.userName} <span className="text-muted">in project {operation.projectName}</span>
        </Fact>
        <Fact name="Started">
          <FullTime iso={operation.startedAt} />
        </Fact>
        {operation.endedAt === null ? null : (
          <Fact name="Took">
            <Took operation={operation} />
          </Fact>
        )}
        <Fact name="Request ID">
          <CopyableId id={operation.requestId} label="request ID" full />
        </Fact>
      </FactList>
    </>
  );
}

function Target({
  name,
  id,
  label,
  path,
}: {
  name: string;
  id: string | null;
  label: string | null;
  path: (id: string) => string;
}) {
  if (id === null) return null;
  return (
    <Fact name={name}>
      <Link
        href={path(id)}
        prefetch={false}
        className="rounded font-medium underline-offset-2 hover:underline"
      >
        {label === null || label === '' ? <span className="font-mono text-xs">{id.slice(0, 8)}</span> : label}
      </Link>
    </Fact>
  );
}
