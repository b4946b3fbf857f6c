/**
 * How much of storage the caller's project may use, and does.
 * Source: cinder/api/v3/limits.py, cinder/api/contrib/used_limits.py
 */
import { z } from 'zod';
import { isAdmin } from '~/server/domain/roles';
import { getVolumeLimits, type QuotaRecords } from '~/server/services/records/volume-quota-records';
import { answer, type Route, route } from '../route';

/** Name of the limit and of the use, by resource. */
const NAMES = {
  volumes: ['maxTotalVolumes', 'totalVolumesUsed'],
  snapshots: ['maxTotalSnapshots', 'totalSnapshotsUsed'],
  gigabytes: ['maxTotalVolumeGigabytes', 'totalGigabytesUsed'],
  backups: ['maxTotalBackups', 'totalBackupsUsed'],
  backup_gigabytes: ['maxTotalBackupGigabytes', 'totalBackupGigabytesUsed'],
} as const;

function absolute(quota: QuotaRecords): Record<string, number> {
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([resource, [limit, used]]) => [
      [limit, quota[resource]?.limit ?? -1],
      [used, (quota[resource]?.inUse ?? 0) + (quota[resource]?.reserved ?? 0)],
    ]),
  );
}

export const LIMIT_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/limits',
    summary: 'Show limits and use of storage',
    status: 200,
    query: { 0: z.object({}), 39: z.object({ project_id: z.string().max(255).optional() }) },
    handle: async ({ context, query }) => {
      const own = context.actor.projectId;
      // Of another project only administrators are told; for others the parameter says nothing.
      const asked = 'project_id' in query && isAdmin(context.actor) ? query.project_id : undefined;
      const quota = await getVolumeLimits(context, typeof asked === 'string' ? asked : own);
      return answer({ limits: { rate: [], absolute: absolute(quota) } });
    },
  }),
];
