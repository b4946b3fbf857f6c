/**
 * Zones of compute hosts.
 */
import { type ComputeZoneRecord, listComputeZones } from '~/server/services/records/host-records';
import { authorize } from '~/server/services/refused';
import { answer, type Route, route } from '../route';
import { timeMicros } from './links';

function zoneView({ name, hosts }: ComputeZoneRecord, shown: object | null) {
  const available = hosts.length === 0 || hosts.some(({ up, enabled }) => up && enabled);
  return { zoneName: name, zoneState: { available }, hosts: shown };
}

function hostsView({ hosts }: ComputeZoneRecord) {
  return Object.fromEntries(
    hosts.map(({ name, up, enabled, updatedAt }) => [
      name,
      { 'nova-compute': { available: up, active: enabled, updated_at: timeMicros(updatedAt) } },
    ]),
  );
}

export const ZONE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-availability-zone',
    summary: 'List availability zones',
    status: 200,
    async handle({ context }) {
      const zones = await listComputeZones(context);
      return answer({ availabilityZoneInfo: zones.map((zone) => zoneView(zone, null)) });
    },
  }),
  route({
    method: 'GET',
    path: '/os-availability-zone/detail',
    summary: 'List availability zones with their hosts',
    status: 200,
    async handle({ context }) {
      authorize(context, 'os_compute_api:os-availability-zone:detail');
      const zones = await listComputeZones(context);
      return answer({ availabilityZoneInfo: zones.map((zone) => zoneView(zone, hostsView(zone))) });
    },
  }),
];
