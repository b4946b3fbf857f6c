import { operationTitle } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { OperationPage } from './operation-page';

const page = thingPage({
  path: paths.operation,
  read: (id) => getQueryClient().fetchQuery(trpc.operations.get.queryOptions({ id })),
  title: operationTitle,
  View: OperationPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
