import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { SnapshotPage } from './snapshot-page';

const page = thingPage({
  path: paths.snapshot,
  read: (id) => getQueryClient().fetchQuery(trpc.snapshots.get.queryOptions({ id })),
  title: nameOf,
  View: SnapshotPage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
