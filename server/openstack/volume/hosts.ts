/**
 * Hosts of the storage side, and what lies on them.
 * Source: cinder/api/contrib/hosts.py
 */
import { getHostUsage, listStorageHosts } from '~/server/services/records/storage-service-records';
import { answer, type Route, route } from '../route';
import { volumeTime } from './volume-time';

export const HOST_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-hosts',
    summary: 'List the hosts of storage',
    status: 200,
    handle: async ({ context }) => {
      const hosts = await listStorageHosts(context);
      return answer({
        hosts: hosts.map(({ host, binary, zone, enabled, up, updatedAt }) => ({
          host_name: host,
          service: binary,
          zone,
          'service-status': up ? 'available' : 'unavailable',
          'service-state': enabled ? 'enabled' : 'disabled',
          'last-update': volumeTime(updatedAt),
        })),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/os-hosts/:host',
    summary: 'Show what lies on a host of storage, by project',
    status: 200,
    handle: async ({ context, params: { host } }) => {
      const usages = await getHostUsage(context, host);
      return answer({
        host: usages.map(({ projectId, volumes, volumeGib, snapshots, snapshotGib }) => ({
          resource: {
            host,
            project: projectId ?? '(total)',
            volume_count: `${volumes}`,
            total_volume_gb: `${volumeGib}`,
            snapshot_count: `${snapshots}`,
            total_snapshot_gb: `${snapshotGib}`,
          },
        })),
      });
    },
  }),
];
