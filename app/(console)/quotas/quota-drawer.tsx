'use client';

import { useQuery } from '@tanstack/react-query';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { QuotaView } from './quota-view';

/** A look at the quota of one project beside the list. */
export function QuotaDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.quotas.get.queryOptions({ projectId: id }));
  return (
    <ObjectDrawer
      kind="Quota"
      href={paths.quota(id)}
      query={query}
      title={(quota) => quota.project.name}
      place={place}
    >
      {(quota) => <QuotaView quota={quota} />}
    </ObjectDrawer>
  );
}
