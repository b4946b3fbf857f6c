'use client';

import { CircleX } from 'lucide-react';
import { Button } from './_components/button';
import { EmptyState } from './_components/empty-state';

/** A page that could not be drawn. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <main className="grid min-h-full flex-1 place-items-center px-4 py-16">
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
        <p>Mooring, or the way to it, has a problem. Nothing was changed.</p>
        {error.digest === undefined ? null : <p className="mt-1 font-mono text-xs">Error {error.digest}</p>}
      </EmptyState>
    </main>
  );
}
