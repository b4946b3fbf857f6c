'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { DataTable } from '~/app/_components/data-table';
import { Facet } from '~/app/_components/facet';
import { ListPage } from '~/app/_components/list-page';
import { insteadOfRows } from '~/app/_components/list-states';
import { Pager } from '~/app/_components/pager';
import { SearchField } from '~/app/_components/search-field';
import { useListKeys } from '~/app/_components/use-list-keys';
import type { Direction } from '~/app/_lib/list-params';
import { useListPlace } from '~/app/_lib/list-place';
import { actionLabel } from '~/app/_lib/operation-words';
import { useLive } from '~/app/_live/live-provider';
import { useArrivals } from '~/app/_live/use-arrivals';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { ACTION_NAMES } from '~/server/domain/action';
import { OPERATION_OUTCOMES } from '~/server/domain/operation';
import { operationColumns } from './columns';
import { operationListInput, operationParams } from './search-params';

const OperationDrawer = dynamic(() => import('./operation-drawer').then((file) => file.OperationDrawer), {
  ssr: false,
});

/** Everything that was done, newest first. */
export function OperationList() {
  const [params, set] = useQueryStates(operationParams);
  const place = useListPlace<never>(set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { gone } = useLive();

  const input = operationListInput(params);
  const query = useQuery(trpc.operations.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const page = query.data;
  const arrivals = useArrivals(
    'operation',
    params.cursor === null && !query.isPlaceholderData ? page : undefined,
    () => client.operations.list.query(input),
    (fresh) => queryClient.setQueryData(trpc.operations.list.queryKey(input), fresh),
  );
  const ids = useMemo(() => page?.rows.map((row) => row.id) ?? [], [page]);
  const { move, returnTo } = useListKeys({ ids, openId: params.peek, onOpen: place.open });
  const columns = useMemo(() => operationColumns(params.all), [params.all]);
  const sort = useCallback((_key: 'started', dir: Direction) => void set({ dir, cursor: null }), [set]);

  return (
    <ListPage
      title="Operations"
      total={page?.total}
      arrivals={arrivals}
      search={<SearchField label="Search operations" value={params.q} onChange={place.search} />}
      filters={
        <>
          <Facet
            label="Outcome"
            values={params.outcome}
            options={OPERATION_OUTCOMES.map((value) => ({ value }))}
            onChange={(values) =>
              void set({
                outcome: OPERATION_OUTCOMES.filter((outcome) => values.includes(outcome)),
                cursor: null,
              })
            }
          />
          <Facet
            label="Action"
            values={params.action}
            options={ACTION_NAMES.map((value) => ({ value, label: actionLabel(value) }))}
            onChange={(values) =>
              void set({ action: ACTION_NAMES.filter((action) => values.includes(action)), cursor: null })
            }
          />
        </>
      }
      pager={<Pager page={page} size={params.size} onCursor={place.turn} onSize={place.resize} />}
    >
      <DataTable
        name="Operations"
        columns={columns}
        rows={page?.rows}
        skeleton={params.size}
        refreshing={query.isPlaceholderData}
        sort={{ key: 'started', direction: params.dir }}
        onSort={sort}
        openId={params.peek}
        onOpen={place.open}
        gone={gone}
        minWidth={params.all ? 84 : 75}
        instead={insteadOfRows({
          noun: 'operations',
          query,
          filtered: params.q !== '' || params.outcome.length + params.action.length > 0,
          onClear: () => void set({ q: null, outcome: null, action: null, cursor: null }),
          onFirstPage: params.cursor === null ? undefined : () => place.turn(null),
          empty: {
            icon: Activity,
            title: 'Nothing was done yet',
            text: 'Every attach and detach is kept here, with each of its steps.',
          },
        })}
      />
      {params.peek === null ? null : (
        <OperationDrawer id={params.peek} onClose={place.close} onMove={move} returnTo={returnTo} />
      )}
    </ListPage>
  );
}
