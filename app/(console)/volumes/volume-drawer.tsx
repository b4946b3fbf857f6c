'use client';

import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { AttachmentCards } from '~/app/_entities/attachment-cards';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { volumeAttachRefusals } from '~/app/_entities/volume-verbs';
import { useDialogs } from '~/app/_lib/dialogs';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { VolumeDetail } from '~/app/_trpc/types';
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
      title={query.data === undefined ? ' ' : nameOf(query.data.facts)}
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

/** Attaches this volume to some server. */
export function AttachVolumeButton({ volume, size }: { volume: VolumeDetail; size: 'small' | 'medium' }) {
  const actor = useActor();
  const dialogs = useDialogs();
  const attachments = volume.attachments.map((each) => each.facts);
  return (
    <ActionButton
      verb="attach"
      look="primary"
      size={size}
      title={`Attach ${nameOf(volume.facts)}`}
      refusals={volumeAttachRefusals(actor, { facts: volume.facts, attachments })}
      onAct={() => dialogs.attach({ volumeId: volume.id })}
    >
      <Link2 aria-hidden className="size-3.5" />
      Attach
    </ActionButton>
  );
}
