'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { CircleCheck, CircleSlash, CircleX, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { RelativeTime } from '~/app/_components/time';
import { operationTitle, phaseText, type ShownOutcome, shownOutcome } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import type { Inputs, OperationRow } from '~/app/_trpc/types';
import { OneThing } from './one-thing';

const LOOKS = {
  running: { icon: LoaderCircle, ink: 'animate-turn text-progress' },
  succeeded: { icon: CircleCheck, ink: 'text-ok' },
  failed: { icon: CircleX, ink: 'text-error' },
  overtaken: { icon: CircleSlash, ink: 'text-muted' },
} as const satisfies Record<ShownOutcome, object>;

/**
 * What was done with one thing, newest first.
 * @param about whose timeline it is
 * @param limit how many operations
 */
export function Timeline({
  about,
  limit,
}: {
  about: Pick<
    NonNullable<Inputs['operations']['list']>,
    'serverId' | 'volumeId' | 'attachmentId' | 'snapshotId' | 'volumeTypeId'
  >;
  limit: number;
}) {
  const trpc = useTRPC();
  const owner =
    about.serverId === undefined ? (about.volumeId === undefined ? undefined : 'volume') : 'server';
  const query = useQuery(
    trpc.operations.list.queryOptions(
      { ...about, limit, allProjects: true, direction: 'desc' },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <OneThing noun="timeline" query={query}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          <p className="rounded-md border border-dashed px-3 py-5 text-center text-muted text-sm">
            Nothing has been done with it since Mooring keeps a record.
          </p>
        ) : (
          <>
            <ol className="relative space-y-4 before:absolute before:top-2 before:bottom-2 before:left-[7px] before:w-px before:bg-line">
              {rows.map((operation) => (
                <TimelineEntry key={operation.id} operation={operation} about={owner} />
              ))}
            </ol>
            {next === null ? null : (
              <p className="mt-3 text-muted text-xs">Older ones are under Operations.</p>
            )}
          </>
        )
      }
    </OneThing>
  );
}

function TimelineEntry({
  operation,
  about,
}: {
  operation: OperationRow;
  about?: 'server' | 'volume' | undefined;
}) {
  const shown = shownOutcome(operation);
  const { icon: Icon, ink } = LOOKS[shown];
  return (
    <li className="relative flex gap-3 text-sm">
      <span className="z-[1] mt-0.5 h-4 rounded-full bg-surface">
        <Icon aria-hidden className={clsx('size-4 shrink-0', ink)} />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          <Link
            href={paths.operation(operation.id)}
            prefetch={false}
            className="rounded font-medium underline-offset-2 hover:underline"
          >
            {operationTitle(operation, about)}
          </Link>{' '}
          <span className="text-muted">
            {shown === 'running' ? phaseText(operation.phase).toLowerCase() : shown}
          </span>
        </p>
        {operation.reason === null ? null : (
          <p className={clsx('break-words text-xs', shown === 'overtaken' ? 'text-muted' : 'text-error')}>
            {operation.reason}
          </p>
        )}
        <p className="text-muted text-xs">
          {operation.userName} · <RelativeTime iso={operation.startedAt} />
        </p>
      </div>
    </li>
  );
}
