import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { PolicyList } from './policy-list';

export const metadata: Metadata = { title: 'Permissions' };

export default async function PolicyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.policy, searchParams);
  await getQueryClient().prefetchQuery(trpc.policy.list.queryOptions());
  return (
    <Hydrate>
      <PolicyList />
    </Hydrate>
  );
}
