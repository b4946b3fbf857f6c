import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { loadSnapshotParams, snapshotListInput } from './search-params';
import { SnapshotList } from './snapshot-list';

export const metadata: Metadata = { title: 'Snapshots' };

export default async function SnapshotsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.snapshots, searchParams);
  const params = await loadSnapshotParams(searchParams);
  const client = getQueryClient();
  await Promise.all([
    client.prefetchQuery(trpc.snapshots.list.queryOptions(snapshotListInput(params))),
    client.prefetchQuery(trpc.snapshots.facets.queryOptions({ allProjects: params.all })),
  ]);
  return (
    <Hydrate>
      <SnapshotList />
    </Hydrate>
  );
}
