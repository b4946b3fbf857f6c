import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { FlavorPage } from './flavor-page';

const page = thingPage({
  path: paths.flavor,
  read: (id) => getQueryClient().fetchQuery(trpc.flavors.get.queryOptions({ id })),
  title: (flavor) => flavor.name,
  View: FlavorPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
