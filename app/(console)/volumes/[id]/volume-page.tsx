'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { StatusBadge } from '~/app/_components/status-badge';
import { TwoColumns } from '~/app/_components/two-columns';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { overviewTab, RecentOperations, rawTab, timelineTab } from '~/app/_entities/detail-tabs';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { VOLUME_STATUS_FAMILY } from '~/server/domain/volume';
import { AttachVolumeButton } from '../attach-volume-button';
import { VolumeFactList } from '../volume-facts';
import { VolumeTroubleNotice } from '../volume-trouble-notice';

/** One volume, for work that takes longer than a look. */
export function VolumePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.volumes.get.queryOptions({ id }));
  return (
    <OneThing noun="volume" query={query}>
      {(volume) => (
        <DetailPage
          parent={{ href: paths.volumes, label: 'Volumes' }}
          title={nameOf(volume.facts)}
          status={
            <StatusBadge
              pill
              status={volume.facts.status}
              family={VOLUME_STATUS_FAMILY[volume.facts.status]}
              since={volume.statusSince}
            />
          }
          action={
            <>
              <ObjectActionsMenu object={{ kind: 'volume', id, name: nameOf(volume.facts) }} look="page" />
              <AttachVolumeButton volume={volume} size="medium" />
            </>
          }
          tabs={[
            overviewTab(
              <>
                <VolumeTroubleNotice volume={volume} />
                <TwoColumns
                  left={
                    <>
                      <Section title="Facts">
                        <VolumeFactList volume={volume} />
                      </Section>
                      <Section title="Metadata">
                        <MetadataList metadata={volume.metadata} />
                      </Section>
                    </>
                  }
                  right={
                    <>
                      <Section title="Attachments" count={volume.attachments.length}>
                        <AttachmentCards
                          rows={volume.attachments}
                          seenFrom="volume"
                          volumeSince={volume.statusSince}
                        />
                      </Section>
                      <RecentOperations about={{ volumeId: id }} />
                    </>
                  }
                />
              </>,
            ),
            {
              id: 'attachments',
              label: 'Attachments',
              count: volume.attachments.length,
              content: (
                <AttachmentCards
                  rows={volume.attachments}
                  seenFrom="volume"
                  volumeSince={volume.statusSince}
                />
              ),
            },
            timelineTab({ volumeId: id }),
            rawTab('volume', volume),
          ]}
        />
      )}
    </OneThing>
  );
}
