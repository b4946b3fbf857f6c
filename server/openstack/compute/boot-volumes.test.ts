/**
 * Volumes that a boot makes, as the volume API shows them.
 */
import { expect, it } from 'vitest';
import { openServerApi, SERVERS } from '~/server/testing/rest-servers';

const here = openServerApi();

const VOLUMES = () => `/volume/v3/${here.cloud.projectId}/volumes`;

it('a volume that a boot makes has an empty name and description, a blank one the name of its server', async () => {
  const made = { destination_type: 'volume', volume_size: 1, delete_on_termination: true };
  const root = { ...made, source_type: 'image', uuid: here.cloud.shared.imageId, boot_index: 0 };
  const blank = { ...made, source_type: 'blank', boot_index: -1 };
  const id = await here.create({ imageRef: '', block_device_mapping_v2: [root, blank] });
  const { body } = await here.cloud.ask('member', 'GET', `${VOLUMES()}/detail?sort=name:asc`);
  const { volumes } = body as { volumes: { name: string | null; description: string | null }[] };
  expect(volumes.map(({ name, description }) => ({ name, description }))).toEqual([
    { name: '', description: '' },
    { name: `${id}-blank-vol`, description: '' },
  ]);
});

it('a volume that nobody has named has no name', async () => {
  const body = { volume: { size: 1 } };
  const told = await here.cloud.ask('member', 'POST', VOLUMES(), body);
  expect(told.body).toMatchObject({ volume: { name: null, description: null } });
});

const NOWHERE = '00000000-0000-4000-8000-000000000404';

it.each([
  ['of an unknown type', { source_type: 'blank', volume_size: 1, volume_type: 'gold' }],
  ['of an unknown snapshot', { source_type: 'snapshot', uuid: NOWHERE }],
  ['of an unknown image', { source_type: 'image', uuid: NOWHERE, volume_size: 1 }],
  ['on an unknown bus', { source_type: 'blank', volume_size: 1, disk_bus: 'scuzzy' }],
])('a disk %s is bad input', async (_, device) => {
  const { imageId } = here.cloud.shared;
  const image = { source_type: 'image', destination_type: 'local', uuid: imageId, boot_index: 0 };
  const mapping = [image, { ...device, destination_type: 'volume', boot_index: -1 }];
  const body = here.request({ block_device_mapping_v2: mapping });
  const told = await here.cloud.ask('member', 'POST', SERVERS, body, { microversion: '2.67' });
  expect([told.status, Object.keys(told.body as object)]).toEqual([400, ['badRequest']]);
});

it('who may make no servers is told that before what is wrong with several of them', async () => {
  const { id } = await here.cloud.newVolume({ bootable: true });
  const root = { source_type: 'volume', destination_type: 'volume', uuid: id, boot_index: 0 };
  const body = here.request({ imageRef: '', max_count: 2, block_device_mapping_v2: [root] });
  const status = async (person: 'reader' | 'member') =>
    (await here.cloud.ask(person, 'POST', SERVERS, body, { microversion: '2.60' })).status;
  expect([await status('reader'), await status('member')]).toEqual([403, 400]);
});
