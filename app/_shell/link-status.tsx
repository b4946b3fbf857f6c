'use client';

import { clsx } from 'clsx';
import type { LinkState } from '~/app/_live/change-stream';
import { useLive } from '~/app/_live/live-provider';

const LOOKS: Record<LinkState, { word: string; dot: string; hint: string }> = {
  live: { word: 'Live', dot: 'bg-ok', hint: 'Changes show within a second.' },
  connecting: { word: 'Connecting', dot: 'bg-progress animate-breathe', hint: 'Opening the change stream.' },
  reconnecting: {
    word: 'Reconnecting',
    dot: 'bg-attention animate-breathe',
    hint: 'The change stream is down; what is in progress is polled meanwhile.',
  },
  offline: { word: 'Offline', dot: 'bg-error', hint: 'Mooring cannot be reached; what you see may be old.' },
  paused: { word: 'Paused', dot: 'bg-faint', hint: 'Nobody is looking at this tab.' },
};

/** Whether what is on screen is kept up to date. */
export function LinkStatus({ compact }: { compact: boolean }) {
  const { link } = useLive();
  const { word, dot, hint } = LOOKS[link];
  return (
    <p
      role="status"
      data-link={link}
      data-hint={compact ? `${word}. ${hint}` : hint}
      className={clsx('flex h-7 items-center gap-2 text-muted text-xs', compact ? 'justify-center' : 'px-2')}
    >
      <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', dot)} />
      <span className={clsx(compact && 'sr-only')}>{word}</span>
    </p>
  );
}
