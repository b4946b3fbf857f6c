'use client';

import { Link2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { nameOf } from '~/app/_entities/name';
import { useDialogs } from '~/app/_lib/dialogs';
import { useActor } from '~/app/_shell/session-provider';
import type { ServerDetail } from '~/app/_trpc/types';
import { attachRefusals } from '~/server/domain/attach-volume';

/** Attaches some volume to this server. */
export function AttachToServerButton({ server, size }: { server: ServerDetail; size: 'small' | 'medium' }) {
  const actor = useActor();
  const dialogs = useDialogs();
  return (
    <ActionButton
      verb="attach"
      look="primary"
      size={size}
      title={`Attach a volume to ${nameOf(server.facts)}`}
      refusals={attachRefusals({ actor, server: server.facts, host: server.host })}
      onAct={() => dialogs.attach({ serverId: server.id })}
    >
      <Link2 aria-hidden className="size-3.5" />
      Attach
    </ActionButton>
  );
}
