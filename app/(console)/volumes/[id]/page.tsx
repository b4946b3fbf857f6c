import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { VolumePage } from './volume-page';

const page = thingPage({
  path: paths.volume,
  read: (id) => getQueryClient().fetchQuery(trpc.volumes.get.queryOptions({ id })),
  title: ({ facts }) => nameOf(facts),
  View: VolumePage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
