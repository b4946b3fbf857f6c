'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { CreateButton } from '~/app/_actions/create-button';
import { toggle } from '~/app/_components/list-filters';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { VolumeTypeRow } from '~/app/_trpc/types';
import { policyRefusal } from '~/server/domain/policy';
import { VOLUME_TYPE_COLUMNS } from './columns';
import { type VolumeTypeSort, volumeTypeListInput, volumeTypeParams } from './search-params';

const VOLUME_TYPES: ListDefinition<VolumeTypeRow, VolumeTypeSort> = {
  title: 'Volume types',
  columns: () => VOLUME_TYPE_COLUMNS,
  minWidth: { one: 68, all: 68 },
  Drawer: dynamic(() => import('./volume-type-drawer').then((file) => file.VolumeTypeDrawer), { ssr: false }),
  action: <CreateType />,
  empty: {
    icon: Shapes,
    title: 'No volume types',
    text: 'A volume type says what kind of storage a volume is on. There is none that this project may use.',
  },
};

const KEYS: SortKeys<VolumeTypeRow, VolumeTypeSort> = {
  name: (row) => row.name,
  access: (row) => (row.public ? 0 : 1),
  volumes: (row) => row.volumes,
  created: (row) => row.createdAt,
};

/** For administrators; nobody else is promised what they may not do. */
function CreateType() {
  const actor = useActor();
  return policyRefusal('volume_extension:type_create', actor, null) === null ? (
    <CreateButton verb="volume-type.create" />
  ) : null;
}

/** All volume types that the project may use. */
export function VolumeTypeList() {
  const [params, set] = useQueryStates(volumeTypeParams);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.volumeTypes.list.queryOptions(volumeTypeListInput(params), { placeholderData: keepPreviousData }),
  );
  const source = wholeList(
    query,
    KEYS,
    params,
    (row) =>
      (params.multiattach === null || row.multiattach === params.multiattach) &&
      (params.public === null || row.public === params.public),
  );
  return (
    <ObjectList
      definition={VOLUME_TYPES}
      params={params}
      set={set}
      filters={[
        toggle({
          label: 'Multiattach',
          value: params.multiattach,
          wanted: true,
          onChange: (multiattach) => set({ multiattach, cursor: null }),
        }),
        toggle({
          label: 'Private',
          value: params.public,
          wanted: false,
          onChange: (isPublic) => set({ public: isPublic, cursor: null }),
        }),
      ]}
      source={source}
    />
  );
}
