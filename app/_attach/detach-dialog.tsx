'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { spokenReasons } from '~/app/_components/action-button';
import { Button } from '~/app/_components/button';
import { Dialog } from '~/app/_components/dialog';
import { Fact, FactList } from '~/app/_components/fact-list';
import { FailureNotice } from '~/app/_components/failure-notice';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import type { Pair } from '~/app/_lib/dialog-params';
import { useDialogs } from '~/app/_lib/dialogs';
import { pairTitle } from '~/app/_lib/operation-words';
import { follow } from '~/app/_live/followed-operations';
import { useTRPC } from '~/app/_trpc/context';
import type { AttachmentRow } from '~/app/_trpc/types';
import { isRoot } from '~/server/domain/attachment';
import { Consequences } from './consequences';

/** Takes a volume away from a server, after saying from which, and what that means. */
export function DetachDialog({ pair }: { pair: Pair }) {
  const trpc = useTRPC();
  const { closeDetach } = useDialogs();
  const cancel = useRef<HTMLButtonElement>(null);
  const explanation = useQuery(trpc.attachments.explainDetach.queryOptions(pair, { staleTime: 0 }));
  const volume = useQuery(trpc.volumes.get.queryOptions({ id: pair.volumeId }));
  const attachment = volume.data?.attachments.find((each) => each.facts.instanceId === pair.serverId);
  const volumeName = volume.data === undefined ? 'the volume' : nameOf(volume.data.facts);
  const serverName = attachment?.facts.instanceName ?? 'the server';

  const detach = useMutation(
    trpc.attachments.detach.mutationOptions({
      onSuccess: ({ operationId }) => {
        follow({ id: operationId, title: pairTitle('volume.detach', volumeName, serverName) });
        closeDetach();
      },
    }),
  );
  const refusals = explanation.data?.refusals ?? [];
  const ready = explanation.data !== undefined && refusals.length === 0 && !detach.isPending;

  return (
    <Dialog
      title={`Detach ${volumeName}?`}
      description={`Server ${serverName} loses this disk.`}
      onClose={closeDetach}
      firstFocus={cancel}
      width="max-w-lg"
      footer={
        <>
          <Button ref={cancel} onClick={closeDetach}>
            Cancel
          </Button>
          <Button
            look="danger"
            aria-disabled={!ready}
            aria-describedby={refusals.length === 0 ? undefined : 'detach-refused'}
            onClick={() => {
              if (ready) detach.mutate(pair);
            }}
          >
            {detach.isPending ? 'Detaching…' : 'Detach'}
          </Button>
          <span id="detach-refused" hidden>
            {spokenReasons(refusals)}
          </span>
        </>
      }
    >
      <div className="space-y-4">
        {attachment === undefined ? null : <WhatIsDetached row={attachment} />}
        {detach.isError ? <FailureNotice error={detach.error} what="The volume was not detached" /> : null}
        <OneThing noun="attachment" query={explanation}>
          {(data) => <Consequences explanation={data} />}
        </OneThing>
      </div>
    </Dialog>
  );
}

function WhatIsDetached({ row }: { row: AttachmentRow }) {
  const { computeSide, mode } = row.facts;
  return (
    <div className="rounded-md border bg-sunken px-3 py-2">
      <FactList>
        <Fact name="Volume">
          <span className="font-medium">{nameOf(row.volume)}</span>
          <span className="text-muted">{row.volume.sizeGib.toLocaleString()} GiB</span>
        </Fact>
        <Fact name="Server">
          <span className="font-medium">{row.facts.instanceName ?? row.facts.instanceId}</span>
        </Fact>
        <Fact name="Device">
          <span className="font-mono">{computeSide?.device ?? 'none'}</span>
          <span className="text-muted">{mode === 'ro' ? 'read-only' : 'read and write'}</span>
          {isRoot(row.facts) ? <span className="text-muted">root disk</span> : null}
        </Fact>
        <Fact name="With the server">
          {computeSide?.deleteOnTermination
            ? 'The volume is deleted when the server is'
            : 'The volume stays when the server is deleted'}
        </Fact>
      </FactList>
    </div>
  );
}
