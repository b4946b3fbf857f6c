'use client';

import { useQuery } from '@tanstack/react-query';
import type { inferParserType } from 'nuqs';
import { Facet } from '~/app/_components/facet';
import { ToggleChip } from '~/app/_components/toggle-chip';
import { useTRPC } from '~/app/_trpc/context';
import { VOLUME_STATUSES } from '~/server/domain/volume';
import type { volumeParams } from './search-params';

type Params = inferParserType<typeof volumeParams>;

/** Filters of the list of volumes. */
export function VolumeFilters({
  params,
  set,
}: {
  params: Params;
  set: (
    values: Partial<Pick<Params, 'status' | 'type' | 'attached' | 'multiattach' | 'bootable' | 'cursor'>>,
  ) => unknown;
}) {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.volumes.facets.queryOptions({ allProjects: params.all }));
  const counts = new Map(facets?.statuses.map(({ value, count }) => [value, count]));
  return (
    <>
      <Facet
        label="Status"
        values={params.status}
        options={VOLUME_STATUSES.filter(
          (status) => status !== 'deleted' && (counts.has(status) || params.status.includes(status)),
        ).map((value) => ({ value, count: counts.get(value) ?? 0 }))}
        onChange={(values) =>
          set({ status: VOLUME_STATUSES.filter((status) => values.includes(status)), cursor: null })
        }
      />
      <Facet
        label="Type"
        values={params.type}
        options={(facets?.types ?? params.type).map((value) => ({ value }))}
        onChange={(type) => set({ type, cursor: null })}
      />
      <ToggleChip
        label="Not attached"
        on={params.attached === false}
        onChange={(on) => set({ attached: on ? false : null, cursor: null })}
      />
      <ToggleChip
        label="Multiattach"
        on={params.multiattach === true}
        onChange={(on) => set({ multiattach: on ? true : null, cursor: null })}
      />
      <ToggleChip
        label="Bootable"
        on={params.bootable === true}
        onChange={(on) => set({ bootable: on ? true : null, cursor: null })}
      />
    </>
  );
}
