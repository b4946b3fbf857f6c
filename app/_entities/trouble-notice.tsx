'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { actionTitle } from '~/app/_actions/action-title';
import { ActionButton } from '~/app/_components/action-button';
import { Notice } from '~/app/_components/notice';
import { RelativeTime } from '~/app/_components/time';
import { nounOf } from '~/app/_lib/action-noun';
import { useClock } from '~/app/_lib/clock';
import { useDialogs } from '~/app/_lib/dialogs';
import { operationTitle, phaseText } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { usualSeconds } from '~/app/_lib/usual-duration';
import { useTRPC } from '~/app/_trpc/context';
import { ACTIONS } from '~/server/domain/action';
import type { Trouble, Way } from './trouble';

/** @returns whether something has been in this status for longer than that usually lasts */
export function useLate(status: string, since: string): boolean {
  return useClock((now) => (now - Date.parse(since)) / 1000 > usualSeconds(status));
}

/**
 * What is wrong with a thing, why, and the ways out: where the thing is, before anybody has looked for them.
 * @param name of the thing
 * @param about whose last operation may tell why
 */
export function TroubleNotice({
  trouble,
  name,
  about,
  children,
}: {
  trouble: Trouble;
  name: string;
  about?: { serverId: string } | { volumeId: string };
  children?: ReactNode;
}) {
  const { tone, title, text, ways } = trouble;
  return (
    <Notice tone={tone} title={title} className="mb-5">
      <p className="max-w-3xl break-words">{text}</p>
      {about === undefined || tone === 'info' ? null : <LastOperation about={about} />}
      {children}
      <Ways ways={ways} name={name} />
    </Notice>
  );
}

/** Ways out as buttons; one that the rules refuse says why. */
export function Ways({ ways, name }: { ways: readonly Way[]; name: string }) {
  if (ways.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-2 pt-1">
      {ways.map((way) => (
        <WayButton key={way.action} way={way} name={name} />
      ))}
    </p>
  );
}

function WayButton({ way: { action, id, prefill, name: own }, name }: { way: Way; name: string }) {
  const trpc = useTRPC();
  const dialogs = useDialogs();
  const explained = useQuery(trpc.actions.explain.queryOptions({ kind: nounOf(action), id }));
  const refusals = explained.data?.actions.find((each) => each.action === action)?.refusals ?? [];
  return (
    <ActionButton
      size="small"
      look="secondary"
      title={actionTitle(action, own ?? name)}
      refusals={refusals}
      onAct={() => dialogs.act({ action, id }, prefill)}
    >
      {own === undefined ? ACTIONS[action].label : actionTitle(action, own)}…
    </ActionButton>
  );
}

/** The operation that is at work on it, or that failed last: it knows why. */
function LastOperation({ about }: { about: { serverId: string } | { volumeId: string } }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.operations.list.queryOptions({
      ...about,
      outcome: ['running', 'failed'],
      limit: 1,
      allProjects: true,
      direction: 'desc',
    }),
  );
  const operation = query.data?.rows[0];
  if (operation === undefined) return null;
  const what = (
    <Link
      href={paths.operation(operation.id)}
      prefetch={false}
      className="rounded font-medium underline underline-offset-2"
    >
      {operationTitle(operation, 'serverId' in about ? 'server' : 'volume')}
    </Link>
  );
  return (
    <p className="break-words">
      {operation.outcome === 'running' ? (
        <>
          {what} was begun <RelativeTime iso={operation.startedAt} /> and is still at work:{' '}
          {phaseText(operation.phase).toLowerCase()}.
        </>
      ) : (
        <>
          {what} failed <RelativeTime iso={operation.startedAt} />
          {operation.reason === null ? '.' : `: ${operation.reason}`}
        </>
      )}
    </p>
  );
}
