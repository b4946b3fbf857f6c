'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachVolumeButton } from './attach-volume-button';
import { VolumeFactList } from './volume-facts';
import { VolumeTroubleNotice } from './volume-trouble-notice';

const RECENT = 5;

/** A look at one volume beside the list. */
export function VolumeDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.volumes.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Volume"
      href={paths.volume(id)}
      query={query}
      title={(volume) => nameOf(volume.facts)}
      place={place}
    >
      {(volume) => (
        <>
          <VolumeTroubleNotice volume={volume} />
          <Section
            title="Overview"
            action={
              <span className="flex items-center gap-1">
                <AttachVolumeButton volume={volume} size="small" />
                <ObjectActionsMenu object={{ kind: 'volume', id, name: nameOf(volume.facts) }} />
              </span>
            }
          >
            <VolumeFactList volume={volume} />
          </Section>
          <Section title="Attachments" count={volume.attachments.length}>
            <AttachmentCards rows={volume.attachments} seenFrom="volume" volumeSince={volume.statusSince} />
          </Section>
          <Section title="Recent operations">
            <Timeline about={{ volumeId: id }} limit={RECENT} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
