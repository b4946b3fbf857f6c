'use client';

import { useQuery } from '@tanstack/react-query';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { ExtraSpecs, ProjectsWithAccess, VolumeTypeFactList } from './volume-type-facts';

/** A look at one volume type beside the list. */
export function VolumeTypeDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.volumeTypes.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Volume type"
      href={paths.volumeType(id)}
      query={query}
      title={(type) => type.name}
      place={place}
    >
      {(type) => (
        <>
          <Section title="Overview">
            <VolumeTypeFactList type={type} />
          </Section>
          <ExtraSpecs type={type} />
          <ProjectsWithAccess type={type} />
        </>
      )}
    </ObjectDrawer>
  );
}
