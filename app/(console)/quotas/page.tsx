import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { isAdmin } from '~/server/domain/roles';
import { OwnQuota } from './own-quota';
import { QuotaList } from './quota-list';
import { loadQuotaParams, quotaListInput } from './search-params';

export const metadata: Metadata = { title: 'Quotas' };

/** Of one project; of all projects where an administrator looks at all of them. */
export default async function QuotasPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireSession(paths.quotas, searchParams);
  const params = await loadQuotaParams(searchParams);
  const all = params.all && isAdmin(actor);
  const client = getQueryClient();
  if (all) await client.prefetchQuery(trpc.quotas.list.queryOptions(quotaListInput(params)));
  else await client.prefetchQuery(trpc.quotas.current.queryOptions());
  return <Hydrate>{all ? <QuotaList /> : <OwnQuota />}</Hydrate>;
}
