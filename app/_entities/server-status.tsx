'use client';

import { Lock } from 'lucide-react';
import { Flag } from '~/app/_components/flag';
import { StatusBadge } from '~/app/_components/status-badge';
import { SERVER_STATUS_FAMILY, type ServerFacts, type ServerStatus } from '~/server/domain/server';
import type { StatusFamily } from '~/server/domain/volume';

/** A server's status, with the task under way where the status does not say it. */
export function ServerStatusBadge({
  status,
  since,
  taskState,
  pill = false,
}: {
  status: ServerStatus;
  since?: string | null;
  taskState: ServerFacts['taskState'];
  pill?: boolean;
}) {
  const own = SERVER_STATUS_FAMILY[status];
  // MIGRATING and migrating say the same.
  const detail = taskState?.toUpperCase() === status ? null : taskState;
  const family: StatusFamily = taskState !== null && own !== 'error' ? 'progress' : own;
  return <StatusBadge status={status} family={family} since={since} detail={detail} pill={pill} />;
}

export function LockFlag({ lockedBy }: { lockedBy: ServerFacts['lockedBy'] }) {
  return lockedBy === null ? null : <Flag icon={Lock} label={`locked by ${lockedBy}`} />;
}
