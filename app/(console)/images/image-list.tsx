'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Disc3 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { choice } from '~/app/_components/list-filters';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { ImageRow } from '~/app/_trpc/types';
import { IMAGE_COLUMNS } from './columns';
import { type ImageSort, imageListInput, imageParams, VISIBILITIES } from './search-params';

const IMAGES: ListDefinition<ImageRow, ImageSort> = {
  title: 'Images',
  columns: () => IMAGE_COLUMNS,
  minWidth: { one: 68, all: 68 },
  Drawer: dynamic(() => import('./image-drawer').then((file) => file.ImageDrawer), { ssr: false }),
  empty: {
    icon: Disc3,
    title: 'No images',
    text: 'Public images and those of this project show here. A volume can be uploaded to make one.',
  },
};

const KEYS: SortKeys<ImageRow, ImageSort> = {
  name: (row) => row.name,
  status: (row) => row.status,
  visibility: (row) => row.visibility,
  format: (row) => row.diskFormat ?? '',
  size: (row) => row.sizeBytes ?? -1,
  owner: (row) => row.owner?.name ?? '',
  created: (row) => row.createdAt,
};

/** All images that the project may use. */
export function ImageList() {
  const [params, set] = useQueryStates(imageParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.images.list.queryOptions(imageListInput(params), { placeholderData: keepPreviousData }),
  );
  const source = wholeList(
    query,
    KEYS,
    params,
    ({ status, visibility }) =>
      (params.status.length === 0 || params.status.includes(status)) &&
      (params.visibility.length === 0 || params.visibility.includes(visibility)),
  );
  const statuses = new Set([...(query.data?.rows.map((row) => row.status) ?? []), ...params.status]);
  return (
    <ObjectList
      definition={IMAGES}
      params={params}
      set={set}
      filters={[
        choice({
          label: 'Status',
          values: params.status,
          known: [...statuses].sort(),
          onChange: (status) => set({ status, cursor: null }),
        }),
        choice({
          label: 'Visibility',
          values: params.visibility,
          known: VISIBILITIES,
          onChange: (visibility) => set({ visibility, cursor: null }),
        }),
      ]}
      source={source}
    />
  );
}
