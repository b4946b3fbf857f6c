'use client';

import { useQuery } from '@tanstack/react-query';
import { Fact, FactList } from '~/app/_components/fact-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { FullTime } from '~/app/_components/time';
import { useTRPC } from '~/app/_trpc/context';
import { oneOf } from '../one-of';
import { ServiceState } from '../service-state';
import { ServiceActions } from './service-actions';

/** A look at one service beside the list. */
export function ServiceDrawer(place: DrawerProps) {
  const trpc = useTRPC();
  const all = useQuery(trpc.services.list.queryOptions({}));
  const query = oneOf(all, place.id, 'Service');
  return (
    <ObjectDrawer kind="Service" query={query} title={(service) => service.binary} place={place}>
      {(service) => (
        <Section title="Overview" action={<ServiceActions service={service} />}>
          <FactList>
            <Fact name="State">
              <ServiceState service={service} />
            </Fact>
            {service.disabledReason === null ? null : (
              <Fact name="Disabled because">{service.disabledReason}</Fact>
            )}
            <Fact name="Host">
              <span className="break-all font-mono text-xs">{service.host}</span>
            </Fact>
            <Fact name="Zone">{service.zone}</Fact>
            <Fact name="Last heard of">
              <FullTime iso={service.updatedAt} />
            </Fact>
          </FactList>
        </Section>
      )}
    </ObjectDrawer>
  );
}
