'use client';

import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import { StatusBadge } from '~/app/_components/status-badge';
import { nameOf } from '~/app/_entities/name';
import { volumeAttachRefusals } from '~/app/_entities/volume-verbs';
import { searchText } from '~/app/_lib/list-params';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { failureOf } from '~/app/_trpc/errors';
import type { VolumeRow } from '~/app/_trpc/types';
import type { Refusal } from '~/server/domain/refusal';
import { VOLUME_STATUS_FAMILY } from '~/server/domain/volume';

const AT_ONCE = 50;

/**
 * Volumes to choose from.
 * @param serverId for which server; null while none is chosen: then what speaks against the volume alone is shown
 */
export function useVolumeOptions(serverId: string | null, search: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const actor = useActor();
  const asked = { search: searchText(search), limit: AT_ONCE };
  const candidates = useInfiniteQuery(
    trpc.attachments.volumeCandidates.infiniteQueryOptions(
      serverId === null ? skipToken : { ...asked, serverId },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  // By hand: tRPC writes its own `direction` (of paging) over the list's (of sorting).
  const any = useInfiniteQuery({
    queryKey: ['volumes to choose from', asked],
    queryFn: ({ pageParam, signal }) =>
      client.volumes.list.query(
        { ...asked, sort: 'name', direction: 'asc', cursor: pageParam ?? undefined },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: serverId === null,
  });
  const query = serverId === null ? any : candidates;
  const rows: { row: VolumeRow; refusals: readonly Refusal[] }[] =
    serverId === null
      ? (any.data?.pages.flatMap((page) => page.rows) ?? []).map((row) => ({
          row,
          refusals: volumeAttachRefusals(actor, row),
        }))
      : (candidates.data?.pages.flatMap((page) => page.rows) ?? []);
  return {
    options: rows.map(({ row, refusals }) => ({
      id: row.id,
      name: nameOf(row.facts),
      about: <AboutVolume row={row} />,
      refused: refusals[0]?.message ?? null,
    })),
    loading: query.isFetching,
    error: query.error === null ? null : failureOf(query.error).message,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}

/** What tells a volume from others. */
export function AboutVolume({ row }: { row: Pick<VolumeRow, 'facts'> }) {
  const { status, sizeGib, multiattach } = row.facts;
  return (
    <>
      {multiattach ? <span>multiattach</span> : null}
      <span className="tabular-nums">{sizeGib.toLocaleString()} GiB</span>
      <StatusBadge status={status} family={VOLUME_STATUS_FAMILY[status]} />
    </>
  );
}
