'use client';

import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import type { ServiceRow } from '~/app/_trpc/types';

/** What can be done to a service; of some there is nothing to be said. */
export function ServiceActions({ service: { id, binary, host } }: { service: ServiceRow }) {
  if (binary === 'nova-compute')
    return <ObjectActionsMenu object={{ kind: 'computeService', id: host, name: host }} />;
  if (!binary.startsWith('cinder-')) return null;
  return <ObjectActionsMenu object={{ kind: 'storageService', id, name: id }} />;
}
