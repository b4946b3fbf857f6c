import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { policyRefusal } from '~/server/domain/policy';
import { ForSome } from '../for-some';
import { HostList } from './host-list';
import { loadSearch, searchInput } from './search-params';

export const metadata: Metadata = { title: 'Compute hosts' };

export default async function HostsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireSession(paths.hosts, searchParams);
  const refusal = policyRefusal('os_compute_api:os-hypervisors:list-detail', actor, null);
  if (refusal !== null) return <ForSome title="Compute hosts" refusal={refusal} />;
  const input = searchInput(await loadSearch(searchParams));
  await getQueryClient().prefetchQuery(trpc.hosts.list.queryOptions(input));
  return (
    <Hydrate>
      <HostList />
    </Hydrate>
  );
}
