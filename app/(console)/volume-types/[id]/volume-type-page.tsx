'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { RawDocument } from '~/app/_components/raw-document';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { ExtraSpecs, ProjectsWithAccess, VolumeTypeFactList } from '../volume-type-facts';

const TIMELINE_LENGTH = 50;

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
            {
              id: 'overview',
              label: 'Overview',
              content: (
                <TwoColumns
                  left={
                    <Section title="Facts">
                      <VolumeTypeFactList type={type} />
                    </Section>
                  }
                  right={
                    <>
                      <ExtraSpecs type={type} />
                      <ProjectsWithAccess type={type} />
                    </>
                  }
                />
              ),
            },
            {
              id: 'timeline',
              label: 'Timeline',
              content: <Timeline about={{ volumeTypeId: id }} limit={TIMELINE_LENGTH} />,
            },
            {
              id: 'raw',
              label: 'Raw',
              content: <RawDocument document={type} label="volume type document" />,
            },
          ]}
        />
      )}
    </OneThing>
  );
}
