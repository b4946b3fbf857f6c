'use client';

import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import { StatusBadge } from '~/app/_components/status-badge';
import { nameOf } from '~/app/_entities/name';
import { volumeAttachRefusals } from '~/app/_entities/volume-verbs';
import { searchText } from '~/app/_lib/list-params';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
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
  const actor = useActor();
  const asked = { search: searchText(search), limit: AT_ONCE };
  const candidates = useInfiniteQuery(
    trpc.attachments.volumeCandidates.infiniteQueryOptions(
      serverId === null ? skipToken : { ...asked, serverId },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  const any = useInfiniteQuery(
    trpc.volumes.list.infiniteQueryOptions(
      serverId === null ? { ...asked, sort: 'name', direction: 'asc' } : skipToken,
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
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
