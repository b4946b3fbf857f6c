'use client';

import { useAbsoluteTime, useRelativeTime } from '~/app/_lib/clock';

/** How long ago; the date and time on hover and focus. */
export function RelativeTime({ iso }: { iso: string }) {
  const words = useRelativeTime(iso);
  const absolute = useAbsoluteTime(iso);
  return (
    <time dateTime={iso} data-hint={absolute} className="whitespace-nowrap">
      {words}
    </time>
  );
}

/** Date and time, and how long ago that is. */
export function FullTime({ iso }: { iso: string }) {
  const words = useRelativeTime(iso);
  const absolute = useAbsoluteTime(iso);
  return (
    <time dateTime={iso}>
      {absolute} <span className="whitespace-nowrap text-muted">({words})</span>
    </time>
  );
}
