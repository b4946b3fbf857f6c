'use client';

import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import { nameOf } from '~/app/_entities/name';
import { ServerStatusBadge } from '~/app/_entities/server-status';
import { searchText } from '~/app/_lib/list-params';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { failureOf } from '~/app/_trpc/errors';
import type { ServerRow } from '~/app/_trpc/types';
import { attachRefusals } from '~/server/domain/attach-volume';
import type { Refusal } from '~/server/domain/refusal';

const AT_ONCE = 50;

/**
 * Servers to choose from.
 * @param volumeId for which volume; null while none is chosen: then what speaks against the server alone is shown
 */
export function useServerOptions(volumeId: string | null, search: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const actor = useActor();
  const asked = { search: searchText(search), limit: AT_ONCE };
  const candidates = useInfiniteQuery(
    trpc.attachments.serverCandidates.infiniteQueryOptions(
      volumeId === null ? skipToken : { ...asked, volumeId },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  // By hand: tRPC writes its own `direction` (of paging) over the list's (of sorting).
  const any = useInfiniteQuery({
    queryKey: ['servers to choose from', asked],
    queryFn: ({ pageParam, signal }) =>
      client.servers.list.query(
        { ...asked, sort: 'name', direction: 'asc', cursor: pageParam ?? undefined },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: volumeId === null,
  });
  const query = volumeId === null ? any : candidates;
  const rows: { row: ServerRow; refusals: readonly Refusal[] }[] =
    volumeId === null
      ? (any.data?.pages.flatMap((page) => page.rows) ?? []).map((row) => ({
          row,
          refusals: attachRefusals({ actor, server: row.facts, host: row.host }),
        }))
      : (candidates.data?.pages.flatMap((page) => page.rows) ?? []);
  return {
    options: rows.map(({ row, refusals }) => ({
      id: row.id,
      name: nameOf(row.facts),
      about: <AboutServer row={row} />,
      refused: refusals[0]?.message ?? null,
    })),
    loading: query.isFetching,
    error: query.error === null ? null : failureOf(query.error).message,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}

/** What tells a server from others. */
export function AboutServer({ row }: { row: Pick<ServerRow, 'facts' | 'status'> }) {
  return (
    <>
      {row.facts.host === null ? null : <span className="font-mono max-sm:hidden">{row.facts.host}</span>}
      <ServerStatusBadge status={row.status} taskState={row.facts.taskState} />
    </>
  );
}
