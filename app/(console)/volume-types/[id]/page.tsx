import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { VolumeTypePage } from './volume-type-page';

const page = thingPage({
  path: paths.volumeType,
  read: (id) => getQueryClient().fetchQuery(trpc.volumeTypes.get.queryOptions({ id })),
  title: (type) => type.name,
  View: VolumeTypePage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
