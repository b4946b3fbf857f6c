'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { choice, counted, type ListFilter, needsLook, toggle } from '~/app/_components/list-filters';
import { useTRPC } from '~/app/_trpc/context';
import { VOLUME_STATUS_FAMILY, VOLUME_STATUSES } from '~/server/domain/volume';
import type { volumeParams } from './search-params';

type Params = inferParserType<typeof volumeParams>;

/** What was deleted is in no list. */
const STATUSES = VOLUME_STATUSES.filter((status) => status !== 'deleted');

/** Filters of the list of volumes. */
export function useVolumeFilters(
  params: Params,
  set: (
    values: Partial<Pick<Params, 'status' | 'type' | 'attached' | 'multiattach' | 'bootable' | 'cursor'>>,
  ) => unknown,
): ListFilter[] {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.volumes.facets.queryOptions({ allProjects: params.all }));
  const status = {
    known: STATUSES,
    onChange: (values: Params['status']) => set({ status: values, cursor: null }),
  };
  const look = needsLook({ ...status, families: VOLUME_STATUS_FAMILY, values: params.status });
  return [
    look,
    choice({
      ...status,
      label: 'Status',
      // What the chip beside it has chosen is said once.
      values: look.on ? [] : params.status,
      optionOf: counted(facets?.statuses, params.status),
    }),
    choice({
      label: 'Type',
      values: params.type,
      known: facets?.types ?? params.type,
      onChange: (type) => set({ type, cursor: null }),
    }),
    toggle({
      label: 'Not attached',
      value: params.attached,
      wanted: false,
      onChange: (attached) => set({ attached, cursor: null }),
    }),
    toggle({
      label: 'Multiattach',
      value: params.multiattach,
      wanted: true,
      onChange: (multiattach) => set({ multiattach, cursor: null }),
    }),
    toggle({
      label: 'Bootable',
      value: params.bootable,
      wanted: true,
      onChange: (bootable) => set({ bootable, cursor: null }),
    }),
  ];
}
