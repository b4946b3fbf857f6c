'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { overviewTab, rawTab } from '~/app/_entities/detail-tabs';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { ImageFactList, propertiesOf } from '../image-facts';
import { ImageStatusBadge } from '../image-status';

/** One image. */
export function ImagePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.images.get.queryOptions({ id }));
  return (
    <OneThing noun="image" query={query}>
      {(image) => (
        <DetailPage
          parent={{ href: paths.images, label: 'Images' }}
          title={nameOf(image)}
          status={<ImageStatusBadge pill status={image.status} />}
          action={<ObjectActionsMenu object={{ kind: 'image', id, name: nameOf(image) }} look="page" />}
          tabs={[
            overviewTab(
              <TwoColumns
                left={
                  <Section title="Facts">
                    <ImageFactList image={image} />
                  </Section>
                }
                right={
                  <Section title="Properties">
                    <MetadataList metadata={propertiesOf(image)} />
                  </Section>
                }
              />,
            ),
            rawTab('image', image),
          ]}
        />
      )}
    </OneThing>
  );
}
