import { StatusBadge } from '~/app/_components/status-badge';
import type { SnapshotRow } from '~/app/_trpc/types';
import { SNAPSHOT_STATUS_FAMILY } from '~/server/domain/snapshot';

/** A snapshot's status, and how far it has come while it is being made. */
export function SnapshotStatusBadge({
  snapshot: { status, statusSince, progress },
  pill = false,
}: {
  snapshot: Pick<SnapshotRow, 'status' | 'statusSince' | 'progress'>;
  pill?: boolean;
}) {
  const family = SNAPSHOT_STATUS_FAMILY[status];
  return (
    <StatusBadge
      pill={pill}
      status={status}
      family={family}
      since={statusSince}
      detail={family === 'progress' && progress > 0 ? `${progress} %` : null}
    />
  );
}
