'use client';

import { useQuery } from '@tanstack/react-query';
import { OneThing } from '~/app/_entities/one-thing';
import { useTRPC } from '~/app/_trpc/context';
import { FaultForm } from './fault-form';
import { FaultTable } from './fault-table';

/** Makes the simulated backend fail on demand. */
export function Simulator() {
  const trpc = useTRPC();
  const faults = useQuery(trpc.simulator.faults.queryOptions());
  return (
    <div className="w-full max-w-5xl px-4 py-3 sm:px-5">
      <h1 className="font-semibold text-lg tracking-tight">Simulator</h1>
      <p className="mt-1 max-w-prose text-muted text-sm">
        This cloud has no real hosts: a simulated driver plays them. Plan a fault here and the next operation
        that comes across it fails, is rolled back, and says why. It is for demonstrations and tests.
      </p>
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[22rem_1fr]">
        <section aria-label="Plan a fault" className="rounded-xl border bg-surface p-4">
          <h2 className="mb-3 font-medium">Plan a fault</h2>
          <FaultForm />
        </section>
        <section aria-label="Planned faults">
          <h2 className="mb-3 font-medium">Planned faults</h2>
          <OneThing noun="list of faults" query={faults}>
            {(rows) => <FaultTable rows={rows} />}
          </OneThing>
        </section>
      </div>
    </div>
  );
}
