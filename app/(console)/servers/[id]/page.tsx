import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { ServerPage } from './server-page';

const page = thingPage({
  path: paths.server,
  read: (id) => getQueryClient().fetchQuery(trpc.servers.get.queryOptions({ id })),
  title: ({ facts }) => nameOf(facts),
  View: ServerPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
