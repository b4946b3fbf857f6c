'use client';

import { useQuery } from '@tanstack/react-query';
import { Fact, FactList } from '~/app/_components/fact-list';
import { MetadataList } from '~/app/_components/metadata-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { FullTime } from '~/app/_components/time';
import { Size } from '~/app/_entities/size';
import { useTRPC } from '~/app/_trpc/context';
import type { PoolRow } from '~/app/_trpc/types';
import { oneOf } from '../one-of';
import { ServiceState } from '../service-state';
import { Capacity } from './capacity';

/** A look at one storage pool beside the list. */
export function PoolDrawer(place: DrawerProps) {
  const trpc = useTRPC();
  const all = useQuery(trpc.pools.list.queryOptions({}));
  const query = oneOf(all, place.id, 'Pool');
  return (
    <ObjectDrawer kind="Storage pool" query={query} title={(pool) => pool.name} place={place}>
      {(pool) => (
        <>
          <Section title="Overview">
            <PoolFacts pool={pool} />
          </Section>
          <Section title="Capabilities" count={Object.keys(pool.capabilities).length}>
            <MetadataList metadata={inText(pool.capabilities)} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}

function PoolFacts({ pool }: { pool: PoolRow }) {
  const { totalGib, freeGib, allocatedGib, service } = pool;
  return (
    <FactList>
      <Fact name="Used">
        <span className="w-full max-w-72">
          <Capacity pool={pool} />
        </span>
      </Fact>
      <Fact name="Free">{freeGib === null ? 'not told' : <Gib gib={freeGib} />}</Fact>
      <Fact name="Total">{totalGib === null ? 'not told' : <Gib gib={totalGib} />}</Fact>
      <Fact name="Allocated">
        <Gib gib={allocatedGib} />
        {totalGib !== null && allocatedGib > totalGib ? (
          <span className="text-attention">more than there is</span>
        ) : null}
      </Fact>
      <Fact name="Volumes">{pool.volumes === 0 ? 'none' : pool.volumes.toLocaleString()}</Fact>
      <Fact name="Backend">{service === null ? 'not reported' : <ServiceState service={service} />}</Fact>
      <Fact name="Host">
        <span className="break-all font-mono text-xs">{pool.host}</span>
      </Fact>
      <Fact name="Reported">
        <FullTime iso={pool.updatedAt} />
      </Fact>
    </FactList>
  );
}

function Gib({ gib }: { gib: number }) {
  return (
    <span>
      <Size gib={gib} />
    </span>
  );
}

function inText(capabilities: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(capabilities).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
