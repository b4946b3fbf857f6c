'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash, CircleX, LoaderCircle, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { IconButton } from '~/app/_components/button';
import { phaseText, type ShownOutcome, shownOutcome } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import type { Change } from '~/app/_live/changes';
import { useLive } from '~/app/_live/live-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { OperationDetail } from '~/app/_trpc/types';

/** The stream tells when it goes on; this is for when the stream is down, or has missed something. */
const POLL_MS = { live: 10_000, down: 2000 };
const GOES_AFTER_MS = 6000;

const LOOKS = {
  running: { icon: LoaderCircle, ink: 'animate-turn text-progress' },
  succeeded: { icon: CircleCheck, ink: 'text-ok' },
  failed: { icon: CircleX, ink: 'text-error' },
  overtaken: { icon: CircleSlash, ink: 'text-muted' },
} as const satisfies Record<ShownOutcome, object>;

/** What an operation is doing. A success goes by itself, a failure stays until it was read. */
export function OperationToast({ id, title, onDone }: { id: string; title: string; onDone: () => void }) {
  const trpc = useTRPC();
  const { link, look } = useLive();
  const { data } = useQuery(
    trpc.operations.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state }) =>
          state.data !== undefined && state.data.outcome !== 'running'
            ? false
            : POLL_MS[link === 'live' ? 'live' : 'down'],
      },
    ),
  );
  const outcome = data?.outcome ?? 'running';
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (outcome !== 'succeeded') return;
    const timer = setTimeout(() => done.current(), GOES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const told = useRef<string | null>(null);
  useEffect(() => {
    if (data === undefined || told.current === data.outcome) return;
    told.current = data.outcome;
    look(touchedBy(data));
  }, [data, look]);

  const shown = data === undefined ? 'running' : shownOutcome(data);
  const { icon: Icon, ink } = LOOKS[shown];
  return (
    <div
      data-outcome={outcome}
      className="flex w-[min(24rem,calc(100vw-1.5rem))] items-start gap-2.5 rounded-lg border floats py-2.5 pr-2 pl-3 text-ink text-sm shadow-raised"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{title}</p>
        <p className="break-words text-muted text-xs">
          {outcome === 'running' ? phaseText(data?.phase ?? null) : null}
          {outcome === 'succeeded' ? 'Done' : null}
          {shown === 'failed' ? `Failed: ${data?.reason ?? 'no reason given'}` : null}
          {shown === 'overtaken' ? `Overtaken: ${data?.reason ?? 'no reason given'}` : null}
          {' · '}
          <Link
            href={paths.operation(id)}
            className="rounded font-medium text-accent-ink underline decoration-accent-ink/40 underline-offset-2 hover:decoration-accent-ink"
          >
            {outcome === 'failed' ? 'What happened' : 'Details'}
          </Link>
        </p>
      </div>
      <IconButton label="Dismiss" size="iconSmall" onClick={onDone}>
        <X aria-hidden className="size-3.5" />
      </IconButton>
    </div>
  );
}

function touchedBy({ id, volumeId, serverId, attachmentId }: OperationDetail): Change[] {
  const things: [Change['kind'], string | null][] = [
    ['operation', id],
    ['volume', volumeId],
    ['server', serverId],
    ['attachment', attachmentId],
  ];
  return things.flatMap(([kind, thing]) => (thing === null ? [] : [{ kind, id: thing }]));
}
