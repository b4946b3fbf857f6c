import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { QuotaPage } from './quota-page';

const page = thingPage({
  path: paths.quota,
  read: (id) => getQueryClient().fetchQuery(trpc.quotas.get.queryOptions({ projectId: id })),
  title: (quota) => `Quota of ${quota.project.name}`,
  View: QuotaPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
