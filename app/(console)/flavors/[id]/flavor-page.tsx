'use client';

import { useQuery } from '@tanstack/react-query';
import { DetailPage } from '~/app/_components/detail-page';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { overviewTab, rawTab } from '~/app/_entities/detail-tabs';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { FlavorFactList } from '../flavor-facts';

/** One flavor. */
export function FlavorPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.flavors.get.queryOptions({ id }));
  return (
    <OneThing noun="flavor" query={query}>
      {(flavor) => (
        <DetailPage
          parent={{ href: paths.flavors, label: 'Flavors' }}
          title={flavor.name}
          tabs={[
            overviewTab(
              <TwoColumns
                left={
                  <Section title="Facts">
                    <FlavorFactList flavor={flavor} />
                  </Section>
                }
                right={
                  <Section title="Extra specs">
                    <MetadataList metadata={flavor.extraSpecs} />
                  </Section>
                }
              />,
            ),
            rawTab('flavor', flavor),
          ]}
        />
      )}
    </OneThing>
  );
}
