'use client';

import { Copy, HardDrive, Link2, Maximize2 } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { ActionButton } from '~/app/_components/action-button';
import { copyText } from '~/app/_components/copy-text';
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
      <ObjectActionsMenu
        object={{ kind: 'server', id: row.id, name }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.server(row.id) },
          { kind: 'action', icon: Copy, label: 'Copy ID', onAct: () => copyText(row.id) },
          { kind: 'line' },
          {
            kind: 'action',
            icon: Link2,
            label: 'Attach a volume…',
            title: `Attach a volume to ${name}`,
            refusals,
            onAct: attach,
          },
          { kind: 'action', icon: HardDrive, label: 'Its volumes', onAct: () => dialogs.peek(row.id) },
        ]}
      />
    </span>
  );
}
