import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { FlavorList } from './flavor-list';
import { flavorListInput, loadFlavorParams } from './search-params';

export const metadata: Metadata = { title: 'Flavors' };

export default async function FlavorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.flavors, searchParams);
  const params = await loadFlavorParams(searchParams);
  await getQueryClient().prefetchQuery(trpc.flavors.list.queryOptions(flavorListInput(params)));
  return (
    <Hydrate>
      <FlavorList />
    </Hydrate>
  );
}
