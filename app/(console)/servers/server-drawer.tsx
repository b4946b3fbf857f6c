'use client';

import { useQuery } from '@tanstack/react-query';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachToServerButton } from './attach-to-server-button';
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
      title={query.data === undefined ? 'Server' : nameOf(query.data.facts)}
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
