'use client';

import { useQuery } from '@tanstack/react-query';
import { MetadataList } from '~/app/_components/metadata-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { FlavorFactList } from './flavor-facts';

/** A look at one flavor beside the list. */
export function FlavorDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.flavors.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Flavor"
      href={paths.flavor(id)}
      query={query}
      title={(flavor) => flavor.name}
      place={place}
    >
      {(flavor) => (
        <>
          <Section title="Overview">
            <FlavorFactList flavor={flavor} />
          </Section>
          <Section title="Extra specs">
            <MetadataList metadata={flavor.extraSpecs} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
