'use client';

import Link from 'next/link';
import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { StatusBadge } from '~/app/_components/status-badge';
import { FullTime } from '~/app/_components/time';
import { nameOf } from '~/app/_entities/name';
import { Size } from '~/app/_entities/size';
import { paths } from '~/app/_lib/paths';
import { useActor } from '~/app/_shell/session-provider';
import type { VolumeDetail } from '~/app/_trpc/types';
import { isAdmin } from '~/server/domain/roles';
import { VOLUME_STATUS_FAMILY } from '~/server/domain/volume';

/** What there is to know of a volume. */
export function VolumeFactList({ volume }: { volume: VolumeDetail }) {
  const { facts } = volume;
  const all = isAdmin(useActor());
  const properties = [
    facts.bootable ? 'bootable' : null,
    facts.multiattach ? 'multiattach' : null,
    facts.readonly ? 'read-only' : null,
    volume.encrypted ? 'encrypted' : null,
  ].filter((each) => each !== null);
  return (
    <FactList>
      <Fact name="Status">
        <StatusBadge
          status={facts.status}
          family={VOLUME_STATUS_FAMILY[facts.status]}
          since={volume.statusSince}
        />
      </Fact>
      <Fact name="ID">
        <CopyableId id={volume.id} label={`ID of ${nameOf(facts)}`} full />
      </Fact>
      {volume.description ? <Fact name="Description">{volume.description}</Fact> : null}
      <Fact name="Size">
        <span>
          <Size gib={facts.sizeGib} />
        </span>
      </Fact>
      <Fact name="Type">{volume.typeName}</Fact>
      <Fact name="Properties">{properties.length === 0 ? 'none' : properties.join(', ')}</Fact>
      <Fact name="Zone">{facts.availabilityZone}</Fact>
      <Fact name="Project">{volume.projectName}</Fact>
      {volume.pool === null ? null : (
        <Fact name="Pool">
          <span className="break-all font-mono text-xs">{volume.pool}</span>
        </Fact>
      )}
      {facts.migrationStatus === null ? null : <Fact name="Migration">{facts.migrationStatus}</Fact>}
      {volume.transferId === null ? null : (
        <Fact name="Offered as">
          <CopyableId id={volume.transferId} label="id of the transfer" full />
        </Fact>
      )}
      <Fact name="Snapshots">
        {volume.snapshotCount === 0 ? (
          'none'
        ) : (
          <Link
            href={paths.snapshotsOf(volume.id, all)}
            prefetch={false}
            className="rounded underline underline-offset-2 hover:text-accent-ink"
          >
            {volume.snapshotCount.toLocaleString()}
          </Link>
        )}
      </Fact>
      <Fact name="Created">
        <FullTime iso={volume.createdAt} />
      </Fact>
    </FactList>
  );
}
