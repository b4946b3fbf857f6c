'use client';

import { Link2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { nameOf } from '~/app/_entities/name';
import { volumeAttachRefusals } from '~/app/_entities/volume-verbs';
import { useDialogs } from '~/app/_lib/dialogs';
import { useActor } from '~/app/_shell/session-provider';
import type { VolumeDetail } from '~/app/_trpc/types';

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
