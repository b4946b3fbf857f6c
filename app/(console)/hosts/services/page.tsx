import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { policyRefusal } from '~/server/domain/policy';
import { ForSome } from '../../for-some';
import { loadSearch, searchInput } from '../search-params';
import { ServiceList } from './service-list';

export const metadata: Metadata = { title: 'Services' };

export default async function ServicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireSession(paths.services, searchParams);
  const refusal = policyRefusal('os_compute_api:os-services:list', actor, null);
  if (refusal !== null) return <ForSome title="Services" refusal={refusal} />;
  const input = searchInput(await loadSearch(searchParams));
  await getQueryClient().prefetchQuery(trpc.services.list.queryOptions(input));
  return (
    <Hydrate>
      <ServiceList />
    </Hydrate>
  );
}
