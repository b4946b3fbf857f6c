'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { StatusBadge } from '~/app/_components/status-badge';
import { FullTime } from '~/app/_components/time';
import { attachmentState, attachmentTitle } from '~/app/_entities/attachment-state';
import { attachmentTrouble } from '~/app/_entities/attachment-trouble';
import { nameOf } from '~/app/_entities/name';
import { ServerStatusBadge } from '~/app/_entities/server-status';
import { TroubleNotice, useLate } from '~/app/_entities/trouble-notice';
import { paths } from '~/app/_lib/paths';
import type { AttachmentRow } from '~/app/_trpc/types';
import { serverStatus } from '~/server/domain/server';
import { VOLUME_STATUS_FAMILY } from '~/server/domain/volume';

/** What storage and compute each say of an attachment, side by side, and what they disagree about. */
export function AttachmentFactList({ row }: { row: AttachmentRow }) {
  const trouble = attachmentTrouble(row, useLate(row.facts.attachStatus ?? '', row.statusSince));
  return (
    <div className="@container space-y-4">
      {trouble === null ? null : <TroubleNotice trouble={trouble} name={attachmentTitle(row)} />}
      <div className="grid @2xl:grid-cols-2 gap-3">
        <Side title="Storage side">
          <StorageSide row={row} />
        </Side>
        <Side title="Compute side">
          <ComputeSide row={row} />
        </Side>
      </div>
      <FactList>
        <Fact name="ID">
          <CopyableId id={row.id} label="attachment ID" full />
        </Fact>
        <Fact name="Project">{row.projectName}</Fact>
        <Fact name="Created">
          <FullTime iso={row.createdAt} />
        </Fact>
        {row.attachedAt === null ? null : (
          <Fact name="Attached">
            <FullTime iso={row.attachedAt} />
          </Fact>
        )}
      </FactList>
    </div>
  );
}

function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-md border px-3 py-2.5">
      <p className="mb-1.5 font-medium text-muted text-xs">{title}</p>
      {children}
    </section>
  );
}

function StorageSide({ row }: { row: AttachmentRow }) {
  const { volume, facts } = row;
  const { status, family, since } = attachmentState(row);
  return (
    <FactList>
      <Fact name="Volume">
        <Link
          href={paths.volume(volume.id)}
          prefetch={false}
          className="rounded font-medium underline-offset-2 hover:underline"
        >
          {nameOf(volume)}
        </Link>
      </Fact>
      <Fact name="Volume status">
        <StatusBadge status={volume.status} family={VOLUME_STATUS_FAMILY[volume.status]} />
      </Fact>
      <Fact name="Record">
        <StatusBadge status={status} family={family} since={since} />
      </Fact>
      <Fact name="Mode">
        {facts.mode === null ? 'not chosen yet' : facts.mode === 'ro' ? 'read-only' : 'read and write'}
      </Fact>
      <Fact name="For">
        {facts.instanceId === null ? (
          'a host'
        ) : (
          <CopyableId id={facts.instanceId} label="server ID that storage names" />
        )}
      </Fact>
    </FactList>
  );
}

function ComputeSide({ row }: { row: AttachmentRow }) {
  const { server, facts } = row;
  if (server === null) {
    return <p className="text-muted text-sm">No server here is the one that storage names.</p>;
  }
  const { computeSide } = facts;
  return (
    <FactList>
      <Fact name="Server">
        <Link
          href={paths.server(server.id)}
          prefetch={false}
          className="rounded font-medium underline-offset-2 hover:underline"
        >
          {nameOf(server)}
        </Link>
      </Fact>
      <Fact name="Server status">
        <ServerStatusBadge
          status={serverStatus(server.vmState, server.taskState)}
          taskState={server.taskState}
        />
      </Fact>
      {computeSide === null ? (
        <Fact name="Disk">none</Fact>
      ) : (
        <>
          <Fact name="Device">
            <span className="font-mono text-xs">{computeSide.device ?? 'none yet'}</span>
            {computeSide.bootIndex === 0 ? <span className="text-muted">root disk</span> : null}
          </Fact>
          <Fact name="Tag">{row.tag ?? 'none'}</Fact>
          <Fact name="With the server">
            {computeSide.deleteOnTermination ? 'deleted with it' : 'stays when it is deleted'}
          </Fact>
        </>
      )}
    </FactList>
  );
}
