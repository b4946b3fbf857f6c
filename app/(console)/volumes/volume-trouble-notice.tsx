'use client';

import { nameOf } from '~/app/_entities/name';
import { TroubleNotice, useLate } from '~/app/_entities/trouble-notice';
import { volumeTrouble } from '~/app/_entities/volume-trouble';
import type { VolumeDetail } from '~/app/_trpc/types';

/** What is wrong with a volume, and the ways out; nothing for one that is well. */
export function VolumeTroubleNotice({ volume }: { volume: VolumeDetail }) {
  const late = useLate(volume.facts.status, volume.statusSince);
  const trouble = volumeTrouble(volume, late);
  if (trouble === null) return null;
  return <TroubleNotice trouble={trouble} name={nameOf(volume.facts)} about={{ volumeId: volume.id }} />;
}
