'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '~/app/_trpc/context';
import type { AttachmentRow, OperationRow, ServerRow, VolumeRow } from '~/app/_trpc/types';
import { ATTACH_STATUS_FAMILY } from '~/server/domain/attachment';
import { SERVER_STATUS_FAMILY } from '~/server/domain/server';
import { type StatusFamily, VOLUME_STATUS_FAMILY } from '~/server/domain/volume';
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, WAIT_FACTOR } from './change-stream';
import type { Change } from './changes';
import { rowsOnScreen } from './rows-on-screen';

const PASSING: readonly StatusFamily[] = ['progress', 'waiting'];

/**
 * While the stream is down: reads again what is in transition, all of it in one request, less often each time.
 * @param on whether it is down
 * @param apply reads these objects again
 */
export function useTransitionPoll(on: boolean, apply: (changes: readonly Change[]) => Promise<void>): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    if (!on) return;
    let wait = FIRST_WAIT_MS;
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    async function poll() {
      const passing = inTransition(queryClient, trpc);
      if (passing.length > 0) await apply(passing);
      if (ended) return;
      wait = Math.min(wait * WAIT_FACTOR, LONGEST_WAIT_MS);
      timer = setTimeout(poll, wait);
    }
    timer = setTimeout(poll, wait);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [on, apply, queryClient, trpc]);
}

function inTransition(client: QueryClient, trpc: ReturnType<typeof useTRPC>): Change[] {
  const volumes = rowsOnScreen<VolumeRow>(client, trpc.volumes.list.queryFilter()).filter((row) =>
    PASSING.includes(VOLUME_STATUS_FAMILY[row.facts.status]),
  );
  const servers = rowsOnScreen<ServerRow>(client, trpc.servers.list.queryFilter()).filter(
    (row) => row.facts.taskState !== null || PASSING.includes(SERVER_STATUS_FAMILY[row.status]),
  );
  const attachments = rowsOnScreen<AttachmentRow>(client, trpc.attachments.list.queryFilter()).filter(
    (row) =>
      row.volume.status === 'detaching' ||
      (row.attachStatus !== null && PASSING.includes(ATTACH_STATUS_FAMILY[row.attachStatus])),
  );
  const operations = rowsOnScreen<OperationRow>(client, trpc.operations.list.queryFilter()).filter(
    (row) => row.outcome === 'running',
  );
  return [
    ...volumes.map(({ id }) => ({ kind: 'volume' as const, id })),
    ...servers.map(({ id }) => ({ kind: 'server' as const, id })),
    ...attachments.map(({ id }) => ({ kind: 'attachment' as const, id })),
    ...operations.map(({ id }) => ({ kind: 'operation' as const, id })),
  ];
}
