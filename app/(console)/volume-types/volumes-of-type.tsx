'use client';

import Link from 'next/link';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { VolumeTypeRow } from '~/app/_trpc/types';
import { isAdmin } from '~/server/domain/roles';

/** How many volumes of a type somebody may see, with the way to them. */
export function VolumesOfType({ type }: { type: Pick<VolumeTypeRow, 'name' | 'volumes'> }) {
  const all = isAdmin(useActor());
  return (
    <Link
      href={paths.volumesOfType(type.name, all)}
      prefetch={false}
      className="rounded underline decoration-faint underline-offset-2 hover:text-accent-ink"
    >
      {type.volumes.toLocaleString()}
    </Link>
  );
}
