'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { toggle } from '~/app/_components/list-filters';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { FlavorRow } from '~/app/_trpc/types';
import { isAdmin } from '~/server/domain/roles';
import { FLAVOR_COLUMNS } from './columns';
import { type FlavorSort, flavorListInput, flavorParams } from './search-params';

const FLAVORS: ListDefinition<FlavorRow, FlavorSort> = {
  title: 'Flavors',
  columns: () => FLAVOR_COLUMNS,
  minWidth: { one: 64, all: 64 },
  Drawer: dynamic(() => import('./flavor-drawer').then((file) => file.FlavorDrawer), { ssr: false }),
  empty: {
    icon: Cpu,
    title: 'No flavors',
    text: 'A flavor says how large a server is. An administrator makes them.',
  },
};

const KEYS: SortKeys<FlavorRow, FlavorSort> = {
  name: (row) => row.name,
  vcpus: (row) => row.vcpus,
  memory: (row) => row.ramMib,
  disk: (row) => row.diskGib,
  ephemeral: (row) => row.ephemeralGib,
  swap: (row) => row.swapMib,
  servers: (row) => row.servers,
};

/** All flavors that a server can be made with; to administrators also those that are not offered. */
export function FlavorList() {
  const [params, set] = useQueryStates(flavorParams);
  const actor = useActor();
  const trpc = useTRPC();
  const query = useQuery(
    trpc.flavors.list.queryOptions(flavorListInput(params), { placeholderData: keepPreviousData }),
  );
  const source = wholeList(
    query,
    KEYS,
    params,
    (row) =>
      (params.public === null || row.public === params.public) &&
      (params.disabled === null || row.disabled === params.disabled),
  );
  // To all others, every flavor that is listed is public and offered.
  const filters = !isAdmin(actor)
    ? []
    : [
        toggle({
          label: 'Private',
          value: params.public,
          wanted: false,
          onChange: (isPublic) => set({ public: isPublic, cursor: null }),
        }),
        toggle({
          label: 'Disabled',
          value: params.disabled,
          wanted: true,
          onChange: (disabled) => set({ disabled, cursor: null }),
        }),
      ];
  return <ObjectList definition={FLAVORS} params={params} set={set} filters={filters} source={source} />;
}
