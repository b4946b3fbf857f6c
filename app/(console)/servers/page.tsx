import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { loadServerParams, serverListInput } from './search-params';
import { ServerList } from './server-list';

export const metadata: Metadata = { title: 'Servers' };

export default async function ServersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.servers, searchParams);
  const params = await loadServerParams(searchParams);
  const client = getQueryClient();
  await Promise.all([
    client.prefetchQuery(trpc.servers.list.queryOptions(serverListInput(params))),
    client.prefetchQuery(trpc.servers.facets.queryOptions({ allProjects: params.all })),
  ]);
  return (
    <Hydrate>
      <ServerList />
    </Hydrate>
  );
}
