'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { ExtraSpecs, ProjectsWithAccess, VolumeTypeFactList } from './volume-type-facts';

const RECENT = 5;

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
          <Section
            title="Overview"
            action={<ObjectActionsMenu object={{ kind: 'volumeType', id, name: type.name }} />}
          >
            <VolumeTypeFactList type={type} />
          </Section>
          <ExtraSpecs type={type} />
          <ProjectsWithAccess type={type} />
          <Section title="Recent operations">
            <Timeline about={{ volumeTypeId: id }} limit={RECENT} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
