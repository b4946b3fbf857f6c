'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { MetadataList } from '~/app/_components/metadata-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { ImageFactList, propertiesOf } from './image-facts';

/** A look at one image beside the list. */
export function ImageDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.images.get.queryOptions({ id }));
  return (
    <ObjectDrawer kind="Image" href={paths.image(id)} query={query} title={nameOf} place={place}>
      {(image) => (
        <>
          <Section
            title="Overview"
            action={<ObjectActionsMenu object={{ kind: 'image', id, name: nameOf(image) }} />}
          >
            <ImageFactList image={image} />
          </Section>
          <Section title="Properties">
            <MetadataList metadata={propertiesOf(image)} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
