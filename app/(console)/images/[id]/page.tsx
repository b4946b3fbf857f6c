import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { getQueryClient, trpc } from '~/app/_trpc/server';
import { thingPage } from '../../thing-page';
import { ImagePage } from './image-page';

const page = thingPage({
  path: paths.image,
  read: (id) => getQueryClient().fetchQuery(trpc.images.get.queryOptions({ id })),
  title: nameOf,
  View: ImagePage,
});

export const generateMetadata = page.generateMetadata;
export default page.Page;
