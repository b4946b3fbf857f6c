'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { Button } from '~/app/_components/button';
import { FailureNotice } from '~/app/_components/failure-notice';
import { useTRPC } from '~/app/_trpc/context';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { FormInput } from './action-types';
import { effectWords } from './effect-words';

/** Does all of it and takes it back, to show what would be written. */
export function DryRun({
  action,
  object,
  input,
  complete,
}: {
  action: VerbName;
  object: { id: string; name: string };
  input: FormInput;
  /** Whether the form has everything that it takes, and nothing is known to speak against it. */
  complete: boolean;
}) {
  const trpc = useTRPC();
  const run = useMutation(trpc.actions.run.mutationOptions());
  const ask = () => run.mutate({ action, id: object.id, input, dryRun: true });
  const stale = run.variables !== undefined && JSON.stringify(run.variables.input) !== JSON.stringify(input);

  return (
    <details
      className="group text-sm"
      onToggle={(event) => {
        if (event.currentTarget.open && complete && (run.isIdle || stale)) ask();
      }}
    >
      <summary className="-mx-1 inline-flex min-h-6 list-none items-center gap-1 rounded px-1 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        Dry run
      </summary>
      <div role="status" className="mt-2 space-y-2">
        {run.isPending ? <p className="text-muted">Trying it, without doing it…</p> : null}
        {run.isError ? <FailureNotice error={run.error} what="It would be refused" /> : null}
        {run.isSuccess ? <Effects effects={effectWords(run.data.effects, object)} /> : null}
        {!complete && run.isIdle ? (
          <p className="text-muted">
            This shows what would be written once the form is filled and nothing speaks against it.
          </p>
        ) : null}
        {complete && stale && !run.isPending ? (
          <p className="flex flex-wrap items-center gap-2 text-muted">
            The form has changed since.
            <Button size="small" onClick={ask}>
              Try again
            </Button>
          </p>
        ) : null}
      </div>
    </details>
  );
}

function Effects({ effects }: { effects: ReturnType<typeof effectWords> }) {
  if (effects.length === 0) {
    return (
      <p className="text-muted">
        It is allowed, and writes nothing at once; what follows is asked of the host.
      </p>
    );
  }
  return (
    <>
      <p className="text-muted">It is allowed. This would be written at once; nothing was.</p>
      <ul className="space-y-2">
        {effects.map(({ title, facts }) => (
          <li key={title} className="rounded-md border bg-sunken px-3 py-2">
            <p className="break-words font-medium">{title}</p>
            <dl className="mt-1 grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-0.5 text-xs">
              {facts.map(({ name, value }) => (
                <div key={name} className="contents">
                  <dt className="text-muted">{name}</dt>
                  <dd className="min-w-0 break-words font-mono">{value}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}
