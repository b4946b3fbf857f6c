'use client';

import { CircleX } from 'lucide-react';
import { Button } from '~/app/_components/button';
import { EmptyState } from '~/app/_components/empty-state';

/** A page that could not be drawn, inside the console. */
export default function ErrorHere({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <div className="grid flex-1 place-items-center px-4 py-16">
      <h1 className="sr-only">Something went wrong</h1>
      <EmptyState
        icon={CircleX}
        title="This page could not be shown"
        action={
          <Button look="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        <p>Nothing was changed.</p>
        {error.digest === undefined ? null : <p className="mt-1 font-mono text-xs">Error {error.digest}</p>}
      </EmptyState>
    </div>
  );
}
