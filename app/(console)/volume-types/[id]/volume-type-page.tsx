'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { overviewTab, rawTab, timelineTab } from '~/app/_entities/detail-tabs';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { QualityOfService } from '../quality-of-service';
import { ExtraSpecs, ProjectsWithAccess, VolumeTypeFactList } from '../volume-type-facts';

/** One volume type: what it asks of a backend, and who may use it. */
export function VolumeTypePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.volumeTypes.get.queryOptions({ id }));
  return (
    <OneThing noun="volume type" query={query}>
      {(type) => (
        <DetailPage
          parent={{ href: paths.volumeTypes, label: 'Volume types' }}
          title={type.name}
          action={<ObjectActionsMenu object={{ kind: 'volumeType', id, name: type.name }} look="page" />}
          tabs={[
            overviewTab(
              <TwoColumns
                left={
                  <Section title="Facts">
                    <VolumeTypeFactList type={type} />
                  </Section>
                }
                right={
                  <>
                    <ExtraSpecs type={type} />
                    <QualityOfService type={type} />
                    <ProjectsWithAccess type={type} />
                  </>
                }
              />,
            ),
            timelineTab({ volumeTypeId: id }),
            rawTab('volume type', type),
          ]}
        />
      )}
    </OneThing>
  );
}
