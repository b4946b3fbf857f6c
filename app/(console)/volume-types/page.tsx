import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { loadVolumeTypeParams, volumeTypeListInput } from './search-params';
import { VolumeTypeList } from './volume-type-list';

export const metadata: Metadata = { title: 'Volume types' };

export default async function VolumeTypesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.volumeTypes, searchParams);
  const params = await loadVolumeTypeParams(searchParams);
  await getQueryClient().prefetchQuery(trpc.volumeTypes.list.queryOptions(volumeTypeListInput(params)));
  return (
    <Hydrate>
      <VolumeTypeList />
    </Hydrate>
  );
}
