'use client';

import type { ReactNode } from 'react';
import { FailureNotice } from '~/app/_components/failure-notice';

/**
 * What a drawer or page shows of one thing: the thing, its skeleton, or why there is none.
 * @param query how it is read
 */
export function OneThing<Thing>({
  noun,
  query,
  children,
}: {
  noun: string;
  query: { data: Thing | undefined; error: unknown; refetch: () => unknown };
  children: (thing: Thing) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <FailureNotice
        error={query.error}
        what={`This ${noun} could not be read`}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div aria-hidden className="space-y-3">
      {[60, 85, 40, 75, 55, 80].map((width) => (
        <div key={width} className="h-3 animate-breathe rounded bg-hover" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
