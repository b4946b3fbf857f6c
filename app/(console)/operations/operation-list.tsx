'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { choice } from '~/app/_components/list-filters';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { actionLabel } from '~/app/_lib/operation-words';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import type { OperationRow } from '~/app/_trpc/types';
import { ACTION_NAMES } from '~/server/domain/action';
import { OPERATION_OUTCOMES } from '~/server/domain/operation';
import { operationColumns } from './columns';
import { operationListInput, operationParams } from './search-params';

const OPERATIONS: ListDefinition<OperationRow, 'started'> = {
  title: 'Operations',
  columns: operationColumns,
  minWidth: { one: 69, all: 75 },
  Drawer: dynamic(() => import('./operation-drawer').then((file) => file.OperationDrawer), { ssr: false }),
  empty: {
    icon: Activity,
    title: 'Nothing was done yet',
    text: 'Every attach and detach is kept here, with each of its steps.',
  },
};

/** Everything that was done, newest first. */
export function OperationList() {
  const [params, set] = useQueryStates(operationParams);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = operationListInput(params);
  const query = useQuery(trpc.operations.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <ObjectList
      definition={OPERATIONS}
      params={params}
      set={set}
      filters={[
        choice({
          label: 'Outcome',
          values: params.outcome,
          known: OPERATION_OUTCOMES,
          onChange: (outcome) => set({ outcome, cursor: null }),
        }),
        choice({
          label: 'Action',
          values: params.action,
          known: ACTION_NAMES,
          optionOf: (value) => ({ value, label: actionLabel(value) }),
          onChange: (action) => set({ action, cursor: null }),
        }),
      ]}
      source={{
        query,
        pages: {
          kind: 'operation',
          queryKey: trpc.operations.list.queryKey(input),
          ask: () => client.operations.list.query(input),
        },
      }}
    />
  );
}
