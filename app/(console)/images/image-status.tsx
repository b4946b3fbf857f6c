import { StatusBadge } from '~/app/_components/status-badge';
import type { StatusFamily } from '~/server/domain/volume';

/** Image Service API v2, "Image statuses". */
const FAMILIES: Record<string, StatusFamily> = {
  queued: 'waiting',
  saving: 'progress',
  uploading: 'progress',
  importing: 'progress',
  active: 'ok',
  deactivated: 'attention',
  killed: 'error',
  deleted: 'neutral',
  pending_delete: 'neutral',
};

/** Whether an image can be used. */
export function ImageStatusBadge({ status, pill = false }: { status: string; pill?: boolean }) {
  return <StatusBadge pill={pill} status={status} family={FAMILIES[status] ?? 'neutral'} />;
}
