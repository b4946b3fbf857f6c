'use client';

import { Copy, HardDrive, Maximize2, Server, Unlink } from 'lucide-react';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { ActionButton } from '~/app/_components/action-button';
import { copyText } from '~/app/_components/copy-text';
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
      <ObjectActionsMenu
        object={{ kind: 'attachment', id: row.id, name: pair }}
        items={() => [
          { kind: 'link', icon: Maximize2, label: 'Open page', href: paths.attachment(row.id) },
          {
            kind: 'link',
            icon: HardDrive,
            label: `Volume ${nameOf(row.volume)}`,
            href: paths.volume(row.volume.id),
          },
          ...(row.server === null
            ? []
            : [
                {
                  kind: 'link' as const,
                  icon: Server,
                  label: `Server ${nameOf(row.server)}`,
                  href: paths.server(row.server.id),
                },
              ]),
          { kind: 'action', icon: Copy, label: 'Copy attachment ID', onAct: () => copyText(row.id) },
          { kind: 'line' },
          {
            kind: 'action',
            icon: Unlink,
            danger: true,
            label: 'Detach…',
            title: `Detach ${pair}`,
            refusals,
            onAct: detach,
          },
        ]}
      />
    </span>
  );
}
