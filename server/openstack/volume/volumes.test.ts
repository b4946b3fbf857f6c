import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const VOLUMES = '/volume/v3/volumes';

async function made(wish: object = {}): Promise<string> {
  const { status, body, textAt } = await cloud.ask('member', 'POST', VOLUMES, {
    volume: { size: 1, name: 'data', ...wish },
  });
  expect({ status, body }).toMatchObject({ status: 202 });
  const id = textAt('volume', 'id');
  await eventually(async () => {
    const shown = await cloud.ask('member', 'GET', `${VOLUMES}/${id}`);
    return shown.textAt('volume', 'status') === 'available' ? true : undefined;
  }, `volume ${id} to be available`);
  return id;
}

describe('a volume', () => {
  test('is made, shown, described and deleted', async () => {
    const id = await made({ metadata: { tier: 'gold' }, description: 'of the shop' });
    const shown = await cloud.ask('member', 'GET', `${VOLUMES}/${id}`);
    expect(shown.body).toMatchObject({ volume: { id, name: 'data', size: 1, bootable: 'false' } });
    const put = await cloud.ask('member', 'PUT', `${VOLUMES}/${id}`, { volume: { name: 'logs' } });
    expect(put).toMatchObject({
      status: 200,
      body: { volume: { name: 'logs', description: 'of the shop' } },
    });
    expect(await cloud.ask('member', 'DELETE', `${VOLUMES}/${id}`)).toMatchObject({
      status: 202,
      body: null,
    });
    await eventually(async () => {
      const { status } = await cloud.ask('member', 'GET', `${VOLUMES}/${id}`);
      return status === 404 ? true : undefined;
    }, 'the end of the volume');
  });
});
