'use client';

import { clsx } from 'clsx';
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleSlash,
  CircleStop,
  CircleX,
  Clock3,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { useClock, useLocale } from '~/app/_lib/clock';
import { shortDuration } from '~/app/_lib/duration';
import { usualSeconds } from '~/app/_lib/usual-duration';
import type { StatusFamily } from '~/server/domain/volume';

const FAMILY_ICON: Record<StatusFamily, LucideIcon> = {
  ok: CircleCheck,
  progress: LoaderCircle,
  waiting: Clock3,
  attention: TriangleAlert,
  error: CircleX,
  neutral: CircleSlash,
};

/** States that have a shape of their own. */
const OWN_ICON: Record<string, LucideIcon> = {
  available: Circle,
  'in-use': CircleDot,
  attached: CircleDot,
  detached: Circle,
  ACTIVE: CirclePlay,
  SHUTOFF: CircleStop,
  PAUSED: CirclePause,
  SUSPENDED: CirclePause,
  SHELVED: CircleDashed,
  SHELVED_OFFLOADED: CircleDashed,
};

const COLOUR: Record<StatusFamily, { icon: string; word: string; pill: string }> = {
  ok: { icon: 'text-ok', word: 'text-ink', pill: 'bg-ok-soft' },
  progress: { icon: 'text-progress', word: 'text-progress', pill: 'bg-progress-soft' },
  waiting: { icon: 'text-muted', word: 'text-muted', pill: 'bg-sunken' },
  attention: { icon: 'text-attention', word: 'text-attention', pill: 'bg-attention-soft' },
  error: { icon: 'text-error', word: 'text-error', pill: 'bg-error-soft' },
  neutral: { icon: 'text-faint', word: 'text-muted', pill: 'bg-sunken' },
};

/** States that are meant to pass: how long they have lasted is part of what they say. */
const AGEING: readonly StatusFamily[] = ['progress', 'waiting'];

interface Status {
  /** As on the wire. */
  status: string;
  family: StatusFamily;
  /** ISO time since when; left out where nobody knows. */
  since?: string | null | undefined;
  /** More about it, e.g. the task under way. */
  detail?: string | null | undefined;
  pill?: boolean;
}

/** A state as icon, word and colour; with its age while it is one that should pass, amber once that takes long. */
export function StatusBadge({ status, family, since, detail, pill = false }: Status) {
  const ageing = since != null && AGEING.includes(family);
  const late = useClock(
    (now) => ageing && family === 'progress' && (now - Date.parse(since)) / 1000 > usualSeconds(status),
  );
  const shown = late ? 'attention' : family;
  const Icon = OWN_ICON[status] ?? FAMILY_ICON[family];
  const colour = COLOUR[shown];
  return (
    <span
      className={clsx(
        'inline-flex min-w-0 max-w-full items-center gap-1.5 align-middle',
        pill && ['h-6 rounded-full px-2 text-xs', colour.pill],
      )}
    >
      <Icon
        aria-hidden
        className={clsx('size-3.5 shrink-0', colour.icon, family === 'progress' && 'animate-turn')}
      />
      <span className={clsx('max-w-full shrink-0 truncate', colour.word)}>{status}</span>
      {detail ? <span className="truncate text-muted text-xs">{detail}</span> : null}
      {ageing ? <Age since={since} late={late} /> : null}
    </span>
  );
}

function Age({ since, late }: { since: string; late: boolean }) {
  const locale = useLocale();
  const age = useClock((now) => shortDuration((now - Date.parse(since)) / 1000, locale));
  return (
    <span className={clsx('shrink-0 text-xs', late ? 'text-attention' : 'text-muted')}>
      <span className="sr-only">for </span>
      <span aria-hidden>· </span>
      {age}
      {late ? <span className="sr-only">, longer than usual</span> : null}
    </span>
  );
}
