'use client';

import { useQuery } from '@tanstack/react-query';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachVolumeButton } from './attach-volume-button';
import { VolumeFactList } from './volume-facts';

const RECENT = 5;

/** A look at one volume beside the list. */
export function VolumeDrawer({
  id,
  onClose,
  onMove,
  returnTo,
}: {
  id: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.volumes.get.queryOptions({ id }));
  return (
    <Drawer
      kind="Volume"
      title={query.data === undefined ? 'Volume' : nameOf(query.data.facts)}
      href={paths.volume(id)}
      onClose={onClose}
      onMove={onMove}
      returnTo={returnTo}
    >
      <OneThing noun="volume" query={query}>
        {(volume) => (
          <>
            <Section title="Overview" action={<AttachVolumeButton volume={volume} size="small" />}>
              <VolumeFactList volume={volume} />
            </Section>
            <Section title="Attachments" count={volume.attachments.length}>
              <AttachmentCards rows={volume.attachments} seenFrom="volume" />
            </Section>
            <Section title="Recent operations">
              <Timeline about={{ volumeId: id }} limit={RECENT} />
            </Section>
          </>
        )}
      </OneThing>
    </Drawer>
  );
}
