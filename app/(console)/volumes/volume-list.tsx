'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { bulkOf } from '~/app/_actions/bulk-of';
import { CreateButton } from '~/app/_actions/create-button';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { nameOf } from '~/app/_entities/name';
import { AttachAction } from '~/app/_shell/attach-action';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import type { VolumeRow } from '~/app/_trpc/types';
import { volumeColumns } from './columns';
import { type VolumeSort, volumeListInput, volumeParams } from './search-params';
import { useVolumeFilters } from './volume-filters';

const VOLUMES: ListDefinition<VolumeRow, VolumeSort> = {
  title: 'Volumes',
  columns: volumeColumns,
  minWidth: { one: 72, all: 76 },
  Drawer: dynamic(() => import('./volume-drawer').then((file) => file.VolumeDrawer), { ssr: false }),
  action: (
    <>
      <AttachAction />
      <CreateButton verb="volume.create" look="secondary" />
      <CreateButton verb="volume.accept-transfer" look="secondary" />
    </>
  ),
  bulk: { name: (row) => nameOf(row.facts), Bar: bulkOf('volume') },
  empty: {
    icon: HardDrive,
    title: 'No volumes yet',
    text: 'Create one here, or with the openstack client; it shows here at once.',
  },
};

/** All volumes of the project, or of all projects. */
export function VolumeList() {
  const [params, set] = useQueryStates(volumeParams);
  const filters = useVolumeFilters(params, set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = volumeListInput(params);
  const query = useQuery(trpc.volumes.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <ObjectList
      definition={VOLUMES}
      params={params}
      set={set}
      filters={filters}
      source={{
        query,
        pages: {
          kind: 'volume',
          queryKey: trpc.volumes.list.queryKey(input),
          ask: () => client.volumes.list.query(input),
        },
      }}
    />
  );
}
