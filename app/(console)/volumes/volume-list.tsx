'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { DataTable } from '~/app/_components/data-table';
import { ListPage } from '~/app/_components/list-page';
import { insteadOfRows } from '~/app/_components/list-states';
import { Pager } from '~/app/_components/pager';
import { SearchField } from '~/app/_components/search-field';
import { useListKeys } from '~/app/_components/use-list-keys';
import { useListPlace } from '~/app/_lib/list-place';
import { useLive } from '~/app/_live/live-provider';
import { useArrivals } from '~/app/_live/use-arrivals';
import { AttachAction } from '~/app/_shell/attach-action';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { volumeColumns } from './columns';
import { type VolumeSort, volumeListInput, volumeParams } from './search-params';
import { VolumeFilters } from './volume-filters';

const VolumeDrawer = dynamic(() => import('./volume-drawer').then((file) => file.VolumeDrawer), {
  ssr: false,
});

const CLEARED = {
  q: null,
  status: null,
  type: null,
  attached: null,
  multiattach: null,
  bootable: null,
  cursor: null,
};

/** All volumes of the project, or of all projects. */
export function VolumeList() {
  const [params, set] = useQueryStates(volumeParams);
  const place = useListPlace<VolumeSort>(set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { gone } = useLive();

  const input = volumeListInput(params);
  const query = useQuery(trpc.volumes.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const page = query.data;
  const arrivals = useArrivals(
    'volume',
    params.cursor === null && !query.isPlaceholderData ? page : undefined,
    () => client.volumes.list.query(input),
    (fresh) => queryClient.setQueryData(trpc.volumes.list.queryKey(input), fresh),
  );
  const ids = useMemo(() => page?.rows.map((row) => row.id) ?? [], [page]);
  const { move, returnTo } = useListKeys({ ids, openId: params.peek, onOpen: place.open });
  const columns = useMemo(() => volumeColumns(params.all), [params.all]);
  const filtered =
    params.q !== '' ||
    params.status.length + params.type.length > 0 ||
    params.attached !== null ||
    params.multiattach !== null ||
    params.bootable !== null;

  return (
    <ListPage
      title="Volumes"
      total={page?.total}
      arrivals={arrivals}
      action={<AttachAction />}
      search={<SearchField label="Search volumes" value={params.q} onChange={place.search} />}
      filters={<VolumeFilters params={params} set={set} />}
      pager={<Pager page={page} size={params.size} onCursor={place.turn} onSize={place.resize} />}
    >
      <DataTable
        name="Volumes"
        columns={columns}
        rows={page?.rows}
        skeleton={params.size}
        refreshing={query.isPlaceholderData}
        sort={{ key: params.sort, direction: params.dir }}
        onSort={place.sort}
        openId={params.peek}
        onOpen={place.open}
        gone={gone}
        minWidth={params.all ? 76 : 72}
        instead={insteadOfRows({
          noun: 'volumes',
          query,
          filtered,
          onClear: () => void set(CLEARED),
          onFirstPage: params.cursor === null ? undefined : () => place.turn(null),
          empty: {
            icon: HardDrive,
            title: 'No volumes yet',
            text: 'Make one with the openstack client; it shows here at once.',
          },
        })}
      />
      {params.peek === null ? null : (
        <VolumeDrawer id={params.peek} onClose={place.close} onMove={move} returnTo={returnTo} />
      )}
    </ListPage>
  );
}
