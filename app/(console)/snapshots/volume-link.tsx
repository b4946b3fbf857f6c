import Link from 'next/link';
import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import type { SnapshotRow } from '~/app/_trpc/types';

/** The volume that a snapshot is of, as long as it exists. */
export function VolumeLink({ volume }: Pick<SnapshotRow, 'volume'>) {
  if (volume === null) return <span className="text-faint">gone</span>;
  return (
    <Link
      href={paths.volume(volume.id)}
      prefetch={false}
      className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
    >
      {nameOf(volume)}
    </Link>
  );
}
