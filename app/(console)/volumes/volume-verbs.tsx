'use client';

import { Copy, Ellipsis, Link2, Maximize2, Unlink } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { announce } from '~/app/_components/announce';
import { IconButton } from '~/app/_components/button';
import { Menu, MenuAction, MenuLink, MenuSeparator } from '~/app/_components/menu';
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
  const refusals = volumeAttachRefusals(actor, row);
  const detachRefusals = volumeDetachRefusals(actor, row);
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${name}`} size="iconSmall">
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      }
    >
      <MenuLink icon={Maximize2} href={paths.volume(row.id)}>
        Open page
      </MenuLink>
      <MenuAction
        icon={Copy}
        onAct={() => void navigator.clipboard.writeText(row.id).then(() => announce('Copied'))}
      >
        Copy ID
      </MenuAction>
      <MenuSeparator />
      <MenuAction
        icon={Link2}
        refusals={refusals}
        title={`Attach ${name}`}
        onAct={() => dialogs.attach({ volumeId: row.id })}
      >
        Attach to a server…
      </MenuAction>
      {held.map((attachment) => (
        <MenuAction
          key={attachment.id}
          icon={Unlink}
          danger
          refusals={detachRefusals}
          title={`Detach ${name}`}
          onAct={() => dialogs.detach({ serverId: attachment.instanceId, volumeId: row.id })}
        >
          Detach from {holderName(attachment)}…
        </MenuAction>
      ))}
    </Menu>
  );
}
