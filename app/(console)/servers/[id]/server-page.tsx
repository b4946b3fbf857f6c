'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { overviewTab, RecentOperations, rawTab, timelineTab } from '~/app/_entities/detail-tabs';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { ServerStatusBadge } from '~/app/_entities/server-status';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachToServerButton } from '../attach-to-server-button';
import { ServerFactList } from '../server-facts';
import { ServerTroubleNotice } from '../server-trouble-notice';

/** One server, for work that takes longer than a look. */
export function ServerPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.servers.get.queryOptions({ id }));
  return (
    <OneThing noun="server" query={query}>
      {(server) => (
        <DetailPage
          parent={{ href: paths.servers, label: 'Servers' }}
          title={nameOf(server.facts)}
          status={
            <ServerStatusBadge
              pill
              status={server.status}
              since={server.statusSince}
              taskState={server.facts.taskState}
            />
          }
          action={
            <>
              <ObjectActionsMenu look="page" object={{ kind: 'server', id, name: nameOf(server.facts) }} />
              <AttachToServerButton server={server} size="medium" />
            </>
          }
          tabs={[
            overviewTab(
              <>
                <ServerTroubleNotice server={server} />
                <TwoColumns
                  left={
                    <>
                      <Section title="Facts">
                        <ServerFactList server={server} />
                      </Section>
                      <Section title="Metadata">
                        <MetadataList metadata={server.metadata} />
                      </Section>
                    </>
                  }
                  right={
                    <>
                      <Section title="Attachments" count={server.attachments.length}>
                        <AttachmentCards rows={server.attachments} seenFrom="server" />
                      </Section>
                      <RecentOperations about={{ serverId: id }} />
                    </>
                  }
                />
              </>,
            ),
            {
              id: 'attachments',
              label: 'Attachments',
              count: server.attachments.length,
              content: <AttachmentCards rows={server.attachments} seenFrom="server" />,
            },
            timelineTab({ serverId: id }),
            rawTab('server', server),
          ]}
        />
      )}
    </OneThing>
  );
}
