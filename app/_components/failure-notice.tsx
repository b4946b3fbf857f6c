'use client';

import { RotateCw } from 'lucide-react';
import { failureOf } from '~/app/_trpc/errors';
import { Button } from './button';
import { CopyableId } from './copyable';
import { Notice } from './notice';
import { RefusalList } from './refusal-list';

/**
 * A call that failed, next to what it was about: every reason, the request id to copy, and another try.
 * @param what was tried, e.g. `Attaching data-1 did not work`
 */
export function FailureNotice({
  error,
  what,
  onRetry,
  className,
}: {
  error: unknown;
  what: string;
  onRetry?: () => void;
  className?: string;
}) {
  const failure = failureOf(error);
  return (
    <Notice tone="error" title={what} role="alert" {...(className === undefined ? {} : { className })}>
      {failure.refusals.length > 0 ? (
        <RefusalList refusals={failure.refusals} />
      ) : (
        <p className="break-words">{failure.message}</p>
      )}
      {failure.requestId === null ? null : (
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-xs">
          Request <CopyableId id={failure.requestId} label="request ID" full />
        </p>
      )}
      {onRetry === undefined ? null : (
        <Button size="small" onClick={onRetry}>
          <RotateCw aria-hidden className="size-3" /> Try again
        </Button>
      )}
    </Notice>
  );
}
