/**
 * Disks of a server that is on no host: the API does all of it, and says so in the events.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

it.each([
  ['a host', {}, 'compute'],
  ['no host', { vmState: 'shelved_offloaded', host: null }, 'api'],
] as const)('attach and detach on %s', async (_, given, by) => {
  const [server, volume] = [await cloud.newServer(given), await cloud.newVolume()];
  await cloud.ended((await cloud.attach(server, volume)).operationId);
  await cloud.ended((await cloud.detach(server, volume)).operationId);
  const path = `/compute/v2.1/servers/${server.id}/os-instance-actions`;
  const asking = { microversion: '2.51' };
  const { body } = await cloud.ask('member', 'GET', path, undefined, asking);
  const told: string[] = [];
  for (const { request_id } of (body as { instanceActions: { request_id: string }[] }).instanceActions) {
    const shown = await cloud.ask('member', 'GET', `${path}/${request_id}`, undefined, asking);
    told.push(shown.textAt('instanceAction', 'events', 0, 'event'));
  }
  // Newest first; both came with one request here.
  expect(told).toContain(`${by}_attach_volume`);
});
