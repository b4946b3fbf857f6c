import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { ImageList } from './image-list';
import { imageListInput, loadImageParams } from './search-params';

export const metadata: Metadata = { title: 'Images' };

export default async function ImagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.images, searchParams);
  const params = await loadImageParams(searchParams);
  await getQueryClient().prefetchQuery(trpc.images.list.queryOptions(imageListInput(params)));
  return (
    <Hydrate>
      <ImageList />
    </Hydrate>
  );
}
