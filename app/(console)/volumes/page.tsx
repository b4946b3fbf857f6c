import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { loadVolumeParams, volumeListInput } from './search-params';
import { VolumeList } from './volume-list';

export const metadata: Metadata = { title: 'Volumes' };

export default async function VolumesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.volumes, searchParams);
  const params = await loadVolumeParams(searchParams);
  const client = getQueryClient();
  await Promise.all([
    client.prefetchQuery(trpc.volumes.list.queryOptions(volumeListInput(params))),
    client.prefetchQuery(trpc.volumes.facets.queryOptions({ allProjects: params.all })),
  ]);
  return (
    <Hydrate>
      <VolumeList />
    </Hydrate>
  );
}
