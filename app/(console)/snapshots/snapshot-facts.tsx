'use client';

import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { FullTime } from '~/app/_components/time';
import { nameOf } from '~/app/_entities/name';
import { Size } from '~/app/_entities/size';
import type { SnapshotDetail } from '~/app/_trpc/types';
import { SnapshotStatusBadge } from './snapshot-status';
import { VolumeLink } from './volume-link';

/** What there is to know of a snapshot. */
export function SnapshotFactList({ snapshot }: { snapshot: SnapshotDetail }) {
  return (
    <FactList>
      <Fact name="Status">
        <SnapshotStatusBadge snapshot={snapshot} />
      </Fact>
      <Fact name="ID">
        <CopyableId id={snapshot.id} label={`ID of ${nameOf(snapshot)}`} full />
      </Fact>
      {snapshot.description ? <Fact name="Description">{snapshot.description}</Fact> : null}
      <Fact name="Volume">
        <VolumeLink volume={snapshot.volume} />
      </Fact>
      <Fact name="Size">
        <span>
          <Size gib={snapshot.sizeGib} />
        </span>
      </Fact>
      <Fact name="Project">{snapshot.project.name}</Fact>
      <Fact name="Quota">{snapshot.consumesQuota ? 'counts' : 'does not count'}</Fact>
      <Fact name="Created">
        <FullTime iso={snapshot.createdAt} />
      </Fact>
    </FactList>
  );
}
