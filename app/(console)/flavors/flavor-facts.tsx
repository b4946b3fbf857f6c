'use client';

import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { MemorySize, Size } from '~/app/_entities/size';
import type { FlavorRow } from '~/app/_trpc/types';

/** What a server of this flavor gets. */
export function FlavorFactList({ flavor }: { flavor: FlavorRow }) {
  return (
    <FactList>
      <Fact name="ID">
        <CopyableId id={flavor.id} label={`ID of ${flavor.name}`} full />
      </Fact>
      {flavor.description ? <Fact name="Description">{flavor.description}</Fact> : null}
      <Fact name="vCPUs">{flavor.vcpus.toLocaleString()}</Fact>
      <Fact name="Memory">
        <span>
          <MemorySize mib={flavor.ramMib} />
        </span>
      </Fact>
      <Fact name="Root disk">
        {flavor.diskGib === 0 ? (
          'as large as the image, or a volume'
        ) : (
          <span>
            <Size gib={flavor.diskGib} />
          </span>
        )}
      </Fact>
      <Fact name="Ephemeral disk">
        {flavor.ephemeralGib === 0 ? (
          'none'
        ) : (
          <span>
            <Size gib={flavor.ephemeralGib} />
          </span>
        )}
      </Fact>
      <Fact name="Swap">
        {flavor.swapMib === 0 ? (
          'none'
        ) : (
          <span>
            <MemorySize mib={flavor.swapMib} />
          </span>
        )}
      </Fact>
      <Fact name="For">{flavor.public ? 'everybody' : 'some projects'}</Fact>
      <Fact name="Offered">{flavor.disabled ? 'no, it is disabled' : 'yes'}</Fact>
      <Fact name="Servers">{flavor.servers === 0 ? 'none' : flavor.servers.toLocaleString()}</Fact>
    </FactList>
  );
}
