import { ShieldX } from 'lucide-react';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { EmptyState } from '~/app/_components/empty-state';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { policyRefusal } from '~/server/domain/policy';
import { Simulator } from './simulator';

export const metadata: Metadata = { title: 'Simulator' };

export default async function SimulatorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireSession(paths.simulator, searchParams);
  const refusal = policyRefusal('mooring:simulator', actor, null);
  if (refusal !== null) {
    return (
      <div className="grid flex-1 place-items-center px-4 py-16">
        <h1 className="sr-only">Simulator</h1>
        <EmptyState icon={ShieldX} title="The simulator is for administrators">
          {refusal.message}
        </EmptyState>
      </div>
    );
  }
  const client = getQueryClient();
  await Promise.all([
    client.prefetchQuery(trpc.simulator.faults.queryOptions()),
    client.prefetchQuery(trpc.simulator.calls.queryOptions()),
  ]);
  return (
    <Hydrate>
      <Simulator />
    </Hydrate>
  );
}
