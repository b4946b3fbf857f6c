'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FlaskConical, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { announce } from '~/app/_components/announce';
import { Button, IconButton } from '~/app/_components/button';
import { EmptyState } from '~/app/_components/empty-state';
import { RelativeTime } from '~/app/_components/time';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import type { FaultRow } from '~/app/_trpc/types';

/** Faults that are still to happen. */
export function FaultTable({ rows }: { rows: readonly FaultRow[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const clear = useMutation(
    trpc.simulator.clear.mutationOptions({
      onSuccess: () => {
        announce('Cleared');
        return queryClient.invalidateQueries(trpc.simulator.faults.queryFilter());
      },
    }),
  );
  if (rows.length === 0) {
    return (
      <div className="grid place-items-center rounded-xl border border-dashed px-4 py-12">
        <EmptyState icon={FlaskConical} title="Nothing will fail">
          Every attach and detach goes well until a fault is planned.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <div className="overflow-x-auto rounded-xl border bg-surface">
        <table aria-label="Planned faults" className="w-full min-w-lg text-sm">
          <thead>
            <tr className="bg-canvas text-left text-muted text-xs">
              {['Driver call', 'Volume', 'Says', 'Left', 'Planned', ''].map((header) => (
                <th key={header} scope="col" className="h-9 border-b px-3 font-medium">
                  {header === '' ? <span className="sr-only">Actions</span> : header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((fault) => (
              <tr key={fault.id} className="[&:not(:last-child)>*]:border-b">
                <th scope="row" className="h-9 px-3 text-left font-mono font-normal text-xs">
                  {fault.call}
                </th>
                <td className="px-3">
                  {fault.volumeId === null ? (
                    <span className="text-muted">any</span>
                  ) : (
                    <Link
                      href={paths.volume(fault.volumeId)}
                      prefetch={false}
                      className="rounded font-mono text-xs underline-offset-2 hover:underline"
                    >
                      {fault.volumeId.slice(0, 8)}
                    </Link>
                  )}
                </td>
                <td className="max-w-60 break-words px-3 py-1.5">
                  {fault.message}
                  {fault.retryable ? <span className="text-muted"> (may pass)</span> : null}
                </td>
                <td className="px-3 tabular-nums">{fault.remaining}</td>
                <td className="px-3 text-muted">
                  <RelativeTime iso={fault.createdAt} />
                </td>
                <td className="px-2 text-right">
                  <IconButton
                    label={`Clear fault ${fault.call}`}
                    onClick={() => clear.mutate({ id: fault.id })}
                  >
                    <Trash2 aria-hidden className="size-4" />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button size="small" className="mt-3" onClick={() => clear.mutate({})}>
        Clear all
      </Button>
    </>
  );
}
