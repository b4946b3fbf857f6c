'use client';

import { Copy, Ellipsis, HardDrive, Maximize2, Server, Unlink } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { announce } from '~/app/_components/announce';
import { IconButton } from '~/app/_components/button';
import { Menu, MenuAction, MenuLink, MenuSeparator } from '~/app/_components/menu';
import { holderName, rowDetachRefusals } from '~/app/_entities/attachment-state';
import { nameOf } from '~/app/_entities/name';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { AttachmentRow } from '~/app/_trpc/types';

/** The verbs of an attachment in a list. */
export function AttachmentRowVerbs({ row }: { row: AttachmentRow }) {
  const actor = useActor();
  const dialogs = useDialogs();
  const { instanceId } = row.facts;
  const pair = `${nameOf(row.volume)} from ${holderName(row.facts)}`;
  const refusals = rowDetachRefusals(actor, row);
  const detach = () => {
    if (instanceId !== null) dialogs.detach({ serverId: instanceId, volumeId: row.volume.id });
  };
  return (
    <span className="flex items-center justify-end gap-0.5">
      <ActionButton
        verb="detach"
        look="verb"
        size="small"
        title={`Detach ${pair}`}
        refusals={refusals}
        onAct={detach}
      >
        Detach<span className="sr-only"> {pair}</span>
      </ActionButton>
      <Menu
        trigger={
          <IconButton label={`More for ${pair}`} size="iconSmall">
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuLink icon={Maximize2} href={paths.attachment(row.id)}>
          Open page
        </MenuLink>
        <MenuLink icon={HardDrive} href={paths.volume(row.volume.id)}>
          Volume {nameOf(row.volume)}
        </MenuLink>
        {row.server === null ? null : (
          <MenuLink icon={Server} href={paths.server(row.server.id)}>
            Server {nameOf(row.server)}
          </MenuLink>
        )}
        <MenuAction
          icon={Copy}
          onAct={() => void navigator.clipboard.writeText(row.id).then(() => announce('Copied'))}
        >
          Copy attachment ID
        </MenuAction>
        <MenuSeparator />
        <MenuAction icon={Unlink} danger refusals={refusals} title={`Detach ${pair}`} onAct={detach}>
          Detach…
        </MenuAction>
      </Menu>
    </span>
  );
}
