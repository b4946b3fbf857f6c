import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { policyRefusal } from '~/server/domain/policy';
import { ForSome } from '../../for-some';
import { loadSearch, searchInput } from '../search-params';
import { PoolList } from './pool-list';

export const metadata: Metadata = { title: 'Storage pools' };

export default async function PoolsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireSession(paths.pools, searchParams);
  const refusal = policyRefusal('scheduler_extension:scheduler_stats:get_pools', actor, null);
  if (refusal !== null) return <ForSome title="Storage pools" refusal={refusal} />;
  const input = searchInput(await loadSearch(searchParams));
  await getQueryClient().prefetchQuery(trpc.pools.list.queryOptions(input));
  return (
    <Hydrate>
      <PoolList />
    </Hydrate>
  );
}
