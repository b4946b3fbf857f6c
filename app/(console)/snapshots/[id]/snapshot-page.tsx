'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { overviewTab, RecentOperations, rawTab, timelineTab } from '~/app/_entities/detail-tabs';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { SnapshotFactList } from '../snapshot-facts';
import { SnapshotStatusBadge } from '../snapshot-status';

/** One snapshot, for work that takes longer than a look. */
export function SnapshotPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.snapshots.get.queryOptions({ id }));
  return (
    <OneThing noun="snapshot" query={query}>
      {(snapshot) => (
        <DetailPage
          parent={{ href: paths.snapshots, label: 'Snapshots' }}
          title={nameOf(snapshot)}
          status={<SnapshotStatusBadge pill snapshot={snapshot} />}
          action={<ObjectActionsMenu object={{ kind: 'snapshot', id, name: nameOf(snapshot) }} look="page" />}
          tabs={[
            overviewTab(
              <TwoColumns
                left={
                  <>
                    <Section title="Facts">
                      <SnapshotFactList snapshot={snapshot} />
                    </Section>
                    <Section title="Metadata">
                      <MetadataList metadata={snapshot.metadata} />
                    </Section>
                  </>
                }
                right={<RecentOperations about={{ snapshotId: id }} />}
              />,
            ),
            timelineTab({ snapshotId: id }),
            rawTab('snapshot', snapshot),
          ]}
        />
      )}
    </OneThing>
  );
}
