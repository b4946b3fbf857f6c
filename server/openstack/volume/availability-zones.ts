/**
 * Where volumes can be made.
 * Source: cinder/api/contrib/availability_zones.py
 */
import { listVolumeZones } from '~/server/services/records/availability-zone-records';
import { answer, type Route, route } from '../route';

export const AVAILABILITY_ZONE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-availability-zone',
    summary: 'List the zones of storage',
    status: 200,
    handle: async ({ context }) => {
      const zones = await listVolumeZones(context);
      return answer({
        availabilityZoneInfo: zones.map(({ name, available }) => ({
          zoneName: name,
          zoneState: { available },
        })),
      });
    },
  }),
];
