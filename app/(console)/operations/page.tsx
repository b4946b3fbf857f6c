import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { OperationList } from './operation-list';
import { loadOperationParams, operationListInput } from './search-params';

export const metadata: Metadata = { title: 'Operations' };

export default async function OperationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.operations, searchParams);
  const params = await loadOperationParams(searchParams);
  await getQueryClient().prefetchQuery(trpc.operations.list.queryOptions(operationListInput(params)));
  return (
    <Hydrate>
      <OperationList />
    </Hydrate>
  );
}
