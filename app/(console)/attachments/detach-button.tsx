'use client';

import { Unlink } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { holderName, rowDetachRefusals } from '~/app/_entities/attachment-state';
import { nameOf } from '~/app/_entities/name';
import { useDialogs } from '~/app/_lib/dialogs';
import { useActor } from '~/app/_shell/session-provider';
import type { AttachmentRow } from '~/app/_trpc/types';

/** Ends this attachment. */
export function DetachButton({ row, size }: { row: AttachmentRow; size: 'small' | 'medium' }) {
  const actor = useActor();
  const dialogs = useDialogs();
  const { instanceId } = row.facts;
  return (
    <ActionButton
      verb="detach"
      size={size}
      title={`Detach ${nameOf(row.volume)} from ${holderName(row.facts)}`}
      refusals={rowDetachRefusals(actor, row)}
      onAct={() => {
        if (instanceId !== null) dialogs.detach({ serverId: instanceId, volumeId: row.volume.id });
      }}
    >
      <Unlink aria-hidden className="size-3.5" />
      Detach
    </ActionButton>
  );
}
