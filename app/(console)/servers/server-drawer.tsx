'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachToServerButton } from './attach-to-server-button';
import { ServerFactList } from './server-facts';
import { ServerTroubleNotice } from './server-trouble-notice';

const RECENT = 5;

/** A look at one server beside the list. */
export function ServerDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.servers.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Server"
      href={paths.server(id)}
      query={query}
      title={(server) => nameOf(server.facts)}
      place={place}
    >
      {(server) => (
        <>
          <ServerTroubleNotice server={server} />
          <Section
            title="Overview"
            action={
              <span className="flex items-center gap-1">
                <AttachToServerButton server={server} size="small" />
                <ObjectActionsMenu object={{ kind: 'server', id, name: nameOf(server.facts) }} />
              </span>
            }
          >
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
    </ObjectDrawer>
  );
}
