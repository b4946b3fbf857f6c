/**
 * Volumes that a boot makes, as the volume API shows them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RestCloud } from '~/server/testing/rest';
import { createServer, openServerCloud } from '~/server/testing/rest-servers';

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await openServerCloud();
});
afterAll(() => cloud.close());

const VOLUMES = () => `/volume/v3/${cloud.projectId}/volumes`;

it('a volume that a boot makes has an empty name and description, a blank one the name of its server', async () => {
  const made = { destination_type: 'volume', volume_size: 1, delete_on_termination: true };
  const root = { ...made, source_type: 'image', uuid: cloud.shared.imageId, boot_index: 0 };
  const blank = { ...made, source_type: 'blank', boot_index: -1 };
  const id = await createServer(cloud, { imageRef: '', block_device_mapping_v2: [root, blank] });
  const { body } = await cloud.ask('member', 'GET', `${VOLUMES()}/detail?sort=name:asc`);
  const { volumes } = body as { volumes: { name: string | null; description: string | null }[] };
  expect(volumes.map(({ name, description }) => ({ name, description }))).toEqual([
    { name: '', description: '' },
    { name: `${id}-blank-vol`, description: '' },
  ]);
});

it('a volume that nobody has named has no name', async () => {
  const body = { volume: { size: 1 } };
  const told = await cloud.ask('member', 'POST', VOLUMES(), body);
  expect(told.body).toMatchObject({ volume: { name: null, description: null } });
});
