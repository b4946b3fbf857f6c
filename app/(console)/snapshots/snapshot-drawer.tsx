'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { MetadataList } from '~/app/_components/metadata-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { nameOf } from '~/app/_entities/name';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { SnapshotFactList } from './snapshot-facts';

const RECENT = 5;

/** A look at one snapshot beside the list. */
export function SnapshotDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.snapshots.get.queryOptions({ id }));
  return (
    <ObjectDrawer kind="Snapshot" href={paths.snapshot(id)} query={query} title={nameOf} place={place}>
      {(snapshot) => (
        <>
          <Section
            title="Overview"
            action={<ObjectActionsMenu object={{ kind: 'snapshot', id, name: nameOf(snapshot) }} />}
          >
            <SnapshotFactList snapshot={snapshot} />
          </Section>
          <Section title="Metadata">
            <MetadataList metadata={snapshot.metadata} />
          </Section>
          <Section title="Recent operations">
            <Timeline about={{ snapshotId: id }} limit={RECENT} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
