'use client';

import { type LucideIcon, SearchX, ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import { failureOf } from '~/app/_trpc/errors';
import { Button } from './button';
import { EmptyState } from './empty-state';
import { FailureNotice } from './failure-notice';

/**
 * What a list shows instead of rows.
 * @returns undefined when it has rows, or is waiting for them
 */
export function insteadOfRows({
  noun,
  query,
  filtered,
  onClear,
  onFirstPage,
  empty,
}: {
  /** Plural, e.g. `volumes`. */
  noun: string;
  query: { data: { rows: readonly unknown[] } | undefined; error: unknown; refetch: () => unknown };
  filtered: boolean;
  onClear: () => void;
  /** Set when this is not the first page. */
  onFirstPage: (() => void) | undefined;
  empty: { icon: LucideIcon; title: string; text: ReactNode; action?: ReactNode };
}): ReactNode {
  if (query.error && (query.data === undefined || query.data.rows.length === 0)) {
    return <ListFailure noun={noun} error={query.error} onRetry={query.refetch} onFirstPage={onFirstPage} />;
  }
  if (query.data === undefined || query.data.rows.length > 0) return undefined;
  if (onFirstPage !== undefined) {
    return (
      <EmptyState
        icon={SearchX}
        title="This page is empty"
        action={<Button onClick={onFirstPage}>First page</Button>}
      >
        What was on it has gone meanwhile.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title={`No ${noun} match`}
        action={<Button onClick={onClear}>Clear search and filters</Button>}
      >
        Search finds parts of names, and whole ids.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={empty.icon} title={empty.title} action={empty.action}>
      {empty.text}
    </EmptyState>
  );
}

function ListFailure({
  noun,
  error,
  onRetry,
  onFirstPage,
}: {
  noun: string;
  error: unknown;
  onRetry: () => unknown;
  onFirstPage: (() => void) | undefined;
}) {
  const failure = failureOf(error);
  if (failure.code === 'FORBIDDEN') {
    return (
      <EmptyState icon={ShieldX} title={`You may not see the ${noun} here`}>
        {failure.message}
      </EmptyState>
    );
  }
  return (
    <div className="w-full max-w-lg">
      <FailureNotice error={error} what={`The ${noun} could not be read`} onRetry={() => void onRetry()} />
      {onFirstPage === undefined ? null : (
        <Button size="small" look="ghost" className="mt-2" onClick={onFirstPage}>
          First page
        </Button>
      )}
    </div>
  );
}
