'use client';

import { Copy, Link2, Maximize2, Unlink } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { ActionButton } from '~/app/_components/action-button';
import { copyText } from '~/app/_components/copy-text';
import { holderName } from '~/app/_entities/attachment-state';
import { nameOf } from '~/app/_entities/name';
import { heldBySomeServer, volumeAttachRefusals, volumeDetachRefusals } from '~/app/_entities/volume-verbs';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { VolumeRow } from '~/app/_trpc/types';

/** The verbs of a volume in a list. */
export function VolumeRowVerbs({ row }: { row: VolumeRow }) {
  const actor = useActor();
  const dialogs = useDialogs();
  const name = nameOf(row.facts);
  const held = heldBySomeServer(row.attachments);
  const [only] = held;
  return (
    <span className="flex items-center justify-end gap-0.5">
      <ActionButton
        verb="attach"
        look="verb"
        size="small"
        title={`Attach ${name}`}
        refusals={volumeAttachRefusals(actor, row)}
        onAct={() => dialogs.attach({ volumeId: row.id })}
      >
        Attach<span className="sr-only"> {name}</span>
      </ActionButton>
      <ActionButton
        verb="detach"
        look="verb"
        size="small"
        title={`Detach ${name}`}
        refusals={volumeDetachRefusals(actor, row)}
        onAct={() => {
          // With several servers, the drawer shows from which.
          if (held.length === 1 && only !== undefined)
            dialogs.detach({ serverId: only.instanceId, volumeId: row.id });
          else dialogs.peek(row.id);
        }}
      >
        Detach<span className="sr-only"> {name}</span>
      </ActionButton>
      <More row={row} name={name} held={held} />
    </span>
  );
}

function More({
  row,
  name,
  held,
}: {
  row: VolumeRow;
  name: string;
  held: ReturnType<typeof heldBySomeServer>;
}) {
  const actor = useActor();
  const dialogs = useDialogs();
  return (
    <ObjectActionsMenu
      object={{ kind: 'volume', id: row.id, name }}
      items={() => [
        { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.volume(row.id) },
        { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
        { kind: 'line' },
        {
          kind: 'action',
          icon: Link2,
          label: 'Attach to a server…',
          title: `Attach ${name}`,
          refusals: volumeAttachRefusals(actor, row),
          onAct: () => dialogs.attach({ volumeId: row.id }),
        },
        ...held.map((attachment) => ({
          kind: 'action' as const,
          icon: Unlink,
          danger: true,
          label: `Detach from ${holderName(attachment)}…`,
          title: `Detach ${name}`,
          refusals: volumeDetachRefusals(actor, row),
          onAct: () => dialogs.detach({ serverId: attachment.instanceId, volumeId: row.id }),
        })),
      ]}
    />
  );
}
