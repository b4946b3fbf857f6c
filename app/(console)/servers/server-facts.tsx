'use client';

import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { FullTime } from '~/app/_components/time';
import { nameOf } from '~/app/_entities/name';
import { ServerStatusBadge } from '~/app/_entities/server-status';
import type { ServerDetail } from '~/app/_trpc/types';
import { HostName } from './host-name';

const MIB_PER_GIB = 1024;

/** What there is to know of a server. */
export function ServerFactList({ server }: { server: ServerDetail }) {
  const { facts, flavor, host } = server;
  return (
    <FactList>
      <Fact name="Status">
        <ServerStatusBadge status={server.status} since={server.statusSince} taskState={facts.taskState} />
      </Fact>
      {facts.lockedBy === null ? null : (
        <Fact name="Lock">
          by {facts.lockedBy}
          {server.lockedReason === null ? null : <span className="text-muted">{server.lockedReason}</span>}
        </Fact>
      )}
      <Fact name="ID">
        <CopyableId id={server.id} label={`ID of ${nameOf(facts)}`} full />
      </Fact>
      {server.description ? <Fact name="Description">{server.description}</Fact> : null}
      <Fact name="Host">
        <HostName host={host} name={facts.host} />
        {host !== null && !host.up ? <span className="text-attention">compute service down</span> : null}
      </Fact>
      <Fact name="Flavor">
        {flavor.name}
        <span className="text-muted">
          {flavor.vcpus} vCPU,{' '}
          {(flavor.ramMib / MIB_PER_GIB).toLocaleString(undefined, { maximumFractionDigits: 1 })} GiB memory,{' '}
          {flavor.diskGib} GiB disk
        </span>
      </Fact>
      <Fact name="Image">{server.image?.name ?? 'booted from a volume'}</Fact>
      <Fact name="Root device">
        <span className="font-mono text-xs">{facts.rootDeviceName ?? 'none'}</span>
      </Fact>
      <Fact name="Zone">{facts.availabilityZone}</Fact>
      <Fact name="Project">{server.projectName}</Fact>
      {server.keyName === null ? null : <Fact name="Key">{server.keyName}</Fact>}
      {server.tags.length === 0 ? null : <Fact name="Tags">{server.tags.join(', ')}</Fact>}
      <Fact name="Created">
        <FullTime iso={server.createdAt} />
      </Fact>
    </FactList>
  );
}
