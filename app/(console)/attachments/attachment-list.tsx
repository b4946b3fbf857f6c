'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
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
import { AttachmentFilters } from './attachment-filters';
import { attachmentColumns } from './columns';
import { type AttachmentSort, attachmentListInput, attachmentParams } from './search-params';

const AttachmentDrawer = dynamic(() => import('./attachment-drawer').then((file) => file.AttachmentDrawer), {
  ssr: false,
});

/** All attachments of the project, or of all projects: each with both of its ends. */
export function AttachmentList() {
  const [params, set] = useQueryStates(attachmentParams);
  const place = useListPlace<AttachmentSort>(set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { gone } = useLive();

  const input = attachmentListInput(params);
  const query = useQuery(trpc.attachments.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const page = query.data;
  const arrivals = useArrivals(
    'attachment',
    params.cursor === null && !query.isPlaceholderData ? page : undefined,
    () => client.attachments.list.query(input),
    (fresh) => queryClient.setQueryData(trpc.attachments.list.queryKey(input), fresh),
  );
  const ids = useMemo(() => page?.rows.map((row) => row.id) ?? [], [page]);
  const { move, returnTo } = useListKeys({ ids, openId: params.peek, onOpen: place.open });
  const columns = useMemo(() => attachmentColumns(params.all), [params.all]);
  const filtered = params.q !== '' || params.status.length + params.mode.length > 0 || params.broken !== null;

  return (
    <ListPage
      title="Attachments"
      total={page?.total}
      arrivals={arrivals}
      action={<AttachAction />}
      search={<SearchField label="Search attachments" value={params.q} onChange={place.search} />}
      filters={<AttachmentFilters params={params} set={set} />}
      pager={<Pager page={page} size={params.size} onCursor={place.turn} onSize={place.resize} />}
    >
      <DataTable
        name="Attachments"
        columns={columns}
        rows={page?.rows}
        skeleton={params.size}
        refreshing={query.isPlaceholderData}
        sort={{ key: params.sort, direction: params.dir }}
        onSort={place.sort}
        openId={params.peek}
        onOpen={place.open}
        gone={gone}
        minWidth={params.all ? 74 : 66}
        instead={insteadOfRows({
          noun: 'attachments',
          query,
          filtered,
          onClear: () => void set({ q: null, status: null, mode: null, broken: null, cursor: null }),
          onFirstPage: params.cursor === null ? undefined : () => place.turn(null),
          empty: {
            icon: Link2,
            title: 'Nothing is attached',
            text: 'Attach a volume to a server, and it shows here.',
          },
        })}
      />
      {params.peek === null ? null : (
        <AttachmentDrawer id={params.peek} onClose={place.close} onMove={move} returnTo={returnTo} />
      )}
    </ListPage>
  );
}
