'use client';

import { keepPreviousData, skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { nameOf } from '~/app/_entities/name';
import { useDialogs, useOpenDialogs } from '~/app/_lib/dialogs';
import { pairTitle } from '~/app/_lib/operation-words';
import { useDebounced } from '~/app/_lib/use-debounced';
import { follow } from '~/app/_live/followed-operations';
import { useTRPC } from '~/app/_trpc/context';
import type { AttachMode, AttachmentFacts } from '~/server/domain/attachment';
import { allocateDevice } from '~/server/domain/device';

const WAIT_MS = 200;

/**
 * The attach that is being put together: what is chosen (in the URL), what is known of both ends, and what the rules
 * say of them together.
 */
export function useAttach() {
  const trpc = useTRPC();
  const open = useOpenDialogs();
  const dialogs = useDialogs();
  const { server: serverId, volume: volumeId, device, as: mode, tag, deleteOnTermination } = open;

  const server = useQuery(trpc.servers.get.queryOptions(serverId === null ? skipToken : { id: serverId }));
  const volume = useQuery(trpc.volumes.get.queryOptions(volumeId === null ? skipToken : { id: volumeId }));

  const wished = JSON.stringify({ device, mode, tag, deleteOnTermination: deleteOnTermination === true });
  const settled = useDebounced(wished, WAIT_MS);
  const request = JSON.parse(settled) as Wishes;
  const explanation = useQuery(
    trpc.attachments.explainAttach.queryOptions(
      serverId === null || volumeId === null ? skipToken : { serverId, volumeId, ...request },
      { placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );

  const attach = useMutation(
    trpc.attachments.attach.mutationOptions({
      onSuccess: ({ operationId }) => {
        const names = [volume.data, server.data].map((each) =>
          each === undefined ? '' : nameOf(each.facts),
        );
        follow({ id: operationId, title: pairTitle('volume.attach', names[0] ?? '', names[1] ?? '') });
        dialogs.closeAttach();
      },
    }),
  );

  return {
    open,
    dialogs,
    server,
    volume,
    explanation,
    /**
     * True while the explanation is not yet of what is chosen now. Being asked again for the same pair does not count:
     * a press in that moment must not be lost, and the server decides in any case.
     */
    unsettled: settled !== wished || explanation.isPlaceholderData,
    attach,
    submit() {
      if (serverId !== null && volumeId !== null) {
        attach.mutate({ serverId, volumeId, ...(JSON.parse(wished) as Wishes) });
      }
    },
  };
}

interface Wishes {
  device: string | null;
  mode: AttachMode | null;
  tag: string | null;
  deleteOnTermination: boolean;
}

export type Attach = ReturnType<typeof useAttach>;

/** @returns the device that the server gives next; null while the server is not known */
export function nextDevice({ server }: Pick<Attach, 'server'>): string | null {
  if (server.data === undefined) return null;
  const { facts, attachments } = server.data;
  const devices = attachments.flatMap(({ facts: { computeSide } }) =>
    computeSide === null ? [] : [computeSide.device],
  );
  return allocateDevice(null, { rootDeviceName: facts.rootDeviceName, devices });
}

/**
 * Two writers destroy a file system that was not made for it: this asks whether it was.
 * @returns who else can write to the volume; empty when nobody can, or this attach only reads
 */
export function otherWriters({ open, volume }: Pick<Attach, 'open' | 'volume'>): AttachmentFacts[] {
  if (volume.data === undefined || !volume.data.facts.multiattach) return [];
  if (volume.data.facts.readonly || open.as === 'ro') return [];
  return volume.data.attachments
    .map((each) => each.facts)
    .filter((facts) => facts.mode !== 'ro' && facts.instanceId !== open.server);
}
