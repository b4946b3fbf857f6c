'use client';

import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { ServerDetail } from '~/app/_trpc/types';
import { attachRefusals } from '~/server/domain/attach-volume';
import { ServerFactList, ServerFault } from './server-facts';

const RECENT = 5;

/** A look at one server beside the list. */
export function ServerDrawer({
  id,
  onClose,
  onMove,
  returnTo,
}: {
  id: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.servers.get.queryOptions({ id }));
  return (
    <Drawer
      kind="Server"
      title={query.data === undefined ? ' ' : nameOf(query.data.facts)}
      href={paths.server(id)}
      onClose={onClose}
      onMove={onMove}
      returnTo={returnTo}
    >
      <OneThing noun="server" query={query}>
        {(server) => (
          <>
            <Section title="Overview" action={<AttachToServerButton server={server} size="small" />}>
              <ServerFault fault={server.fault} />
              <ServerFactList server={server} />
            </Section>
            <Section title="Attachments" count={server.attachments.length}>
              <AttachmentCards rows={server.attachments} seenFrom="server" />
            </Section>
            <Section title="Recent operations">
              <Timeline about={{ serverId: id }} limit={RECENT} />
            </Section>
          </>
        )}
      </OneThing>
    </Drawer>
  );
}

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
