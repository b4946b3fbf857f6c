'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { Fact, FactList } from '~/app/_components/fact-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import type { HostRow } from '~/app/_trpc/types';
import { oneOf } from './one-of';
import { ServiceState } from './service-state';

/** A look at one compute host beside the list. */
export function HostDrawer(place: DrawerProps) {
  const trpc = useTRPC();
  const all = useQuery(trpc.hosts.list.queryOptions({}));
  const query = oneOf(all, place.id, 'Host');
  return (
    <ObjectDrawer kind="Compute host" query={query} title={(host) => host.name} place={place}>
      {(host) => (
        <>
          <Section
            title="Overview"
            action={<ObjectActionsMenu object={{ kind: 'computeService', id: host.id, name: host.name }} />}
          >
            <HostFacts host={host} />
          </Section>
          <Section title="What its hypervisor can do">
            <FactList>
              <Fact name="Hypervisor">{host.hypervisorType}</Fact>
              <Fact name="Multiattach">
                {host.supportsMultiattach ? 'yes' : 'no: it refuses volumes that several servers share'}
              </Fact>
              <Fact name="Device tags">{host.supportsTagging ? 'yes' : 'no: it refuses a tag'}</Fact>
            </FactList>
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}

function HostFacts({ host }: { host: HostRow }) {
  return (
    <FactList>
      <Fact name="State">
        <ServiceState service={host} />
      </Fact>
      <Fact name="Zone">{host.zone}</Fact>
      <Fact name="Servers">
        {host.servers === 0 ? (
          'none'
        ) : (
          <Link
            href={paths.serversOn(host.name)}
            prefetch={false}
            className="rounded underline underline-offset-2 hover:text-accent-ink"
          >
            {host.servers.toLocaleString()}
          </Link>
        )}
      </Fact>
      <Fact name="Attachments">{host.attachments === 0 ? 'none' : host.attachments.toLocaleString()}</Fact>
    </FactList>
  );
}
