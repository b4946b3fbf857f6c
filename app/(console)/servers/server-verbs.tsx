'use client';

import { Copy, Ellipsis, HardDrive, Link2, Maximize2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { announce } from '~/app/_components/announce';
import { IconButton } from '~/app/_components/button';
import { Menu, MenuAction, MenuLink, MenuSeparator } from '~/app/_components/menu';
import { nameOf } from '~/app/_entities/name';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { ServerRow } from '~/app/_trpc/types';
import { attachRefusals } from '~/server/domain/attach-volume';

/** The verbs of a server in a list. What it may lose, its drawer shows. */
export function ServerRowVerbs({ row }: { row: ServerRow }) {
  const actor = useActor();
  const dialogs = useDialogs();
  const name = nameOf(row.facts);
  const refusals = attachRefusals({ actor, server: row.facts, host: row.host });
  const attach = () => dialogs.attach({ serverId: row.id });
  return (
    <span className="flex items-center justify-end gap-0.5">
      <ActionButton
        verb="attach"
        look="verb"
        size="small"
        title={`Attach a volume to ${name}`}
        refusals={refusals}
        onAct={attach}
      >
        Attach<span className="sr-only"> a volume to {name}</span>
      </ActionButton>
      <Menu
        trigger={
          <IconButton label={`More for ${name}`} size="iconSmall">
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        <MenuLink icon={Maximize2} href={paths.server(row.id)}>
          Open page
        </MenuLink>
        <MenuAction
          icon={Copy}
          onAct={() => void navigator.clipboard.writeText(row.id).then(() => announce('Copied'))}
        >
          Copy ID
        </MenuAction>
        <MenuSeparator />
        <MenuAction icon={Link2} refusals={refusals} title={`Attach a volume to ${name}`} onAct={attach}>
          Attach a volume…
        </MenuAction>
        <MenuAction icon={HardDrive} onAct={() => dialogs.peek(row.id)}>
          Its volumes
        </MenuAction>
      </Menu>
    </span>
  );
}
