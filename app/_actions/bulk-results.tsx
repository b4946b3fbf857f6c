'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import Link from 'next/link';
import { RefusalList } from '~/app/_components/refusal-list';
import { paths } from '~/app/_lib/paths';
import type { Outputs } from '~/app/_trpc/types';
import type { BulkObject } from './bulk-choice';

export type BulkResult = Outputs['actions']['runMany']['results'][number];

/** What became of each. */
export function BulkResults({
  objects,
  results,
}: {
  objects: readonly BulkObject[];
  results: readonly BulkResult[];
}) {
  const failed = results.filter(({ ok }) => !ok).length;
  return (
    <section aria-label="Results" className="space-y-2 text-sm">
      <p role="status" className="font-medium">
        {results.length - failed} accepted{failed === 0 ? '' : `, ${failed} refused`}
      </p>
      <ul className="divide-y rounded-md border">
        {objects.flatMap(({ id, name }) => {
          const result = results.find((each) => each.id === id);
          return result === undefined ? [] : [<ResultRow key={id} name={name} result={result} />];
        })}
      </ul>
    </section>
  );
}

function ResultRow({ name, result }: { name: string; result: BulkResult }) {
  const Icon = result.ok ? CircleCheck : CircleX;
  return (
    <li className="flex items-start gap-2 px-3 py-2">
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${result.ok ? 'text-ok' : 'text-error'}`} />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">
          {name}
          <span className="font-normal text-muted">: {result.ok ? 'accepted' : 'refused'}</span>
        </p>
        {result.ok ? null : <RefusalList refusals={result.refusals} />}
      </div>
      {result.ok ? (
        <Link
          href={paths.operation(result.operationId)}
          className="rounded font-medium text-accent-ink text-xs underline underline-offset-2"
        >
          Operation<span className="sr-only"> of {name}</span>
        </Link>
      ) : null}
    </li>
  );
}
