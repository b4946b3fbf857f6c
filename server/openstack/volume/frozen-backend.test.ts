/**
 * A backend that an administrator has frozen, over the wire.
 * Source: cinder/volume/api.py, delete, create_snapshot_in_db and delete_snapshot.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSnapshot } from '~/db/factories';
import { services } from '~/db/schema/compute';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  await cloud.runtime.database.orm
    .insert(services)
    .values({ binary: 'cinder-volume', host: 'a@usual', zone: 'nova' });
});
afterAll(() => cloud.close());

const volumes = '/volume/v3/volumes';
const snapshots = '/volume/v3/snapshots';

it('keeps what is there, and says so, until it is thawed', async () => {
  const [kept, taken, elsewhere] = await Promise.all([
    cloud.newVolume({ pool: 'a@usual#pool' }),
    cloud.newVolume({ pool: 'a@usual#pool' }),
    cloud.newVolume({ pool: 'b@other#pool' }),
  ]);
  const snapshot = await makeSnapshot(cloud.runtime.database, taken);
  const turn = (frozen: boolean) =>
    cloud.runtime.database.orm.update(services).set({ frozen }).where(eq(services.host, 'a@usual'));
  const force = { 'os-force_delete': {} };
  const asked: [string, string, unknown][] = [
    ['DELETE', `${volumes}/${kept.id}`, undefined],
    ['POST', `${volumes}/${kept.id}/action`, force],
    ['POST', snapshots, { snapshot: { volume_id: kept.id } }],
    ['DELETE', `${snapshots}/${snapshot.id}`, undefined],
    ['POST', `${snapshots}/${snapshot.id}/action`, force],
  ];

  await turn(true);
  for (const [method, path, body] of asked) {
    expect(await cloud.ask('admin', method, path, body)).toMatchObject({
      status: 400,
      body: { badRequest: { message: expect.stringMatching(/^Backend a@usual is frozen; .* thawed/) } },
    });
  }
  expect((await cloud.ask('member', 'DELETE', `${volumes}/${elsewhere.id}`)).status).toBe(202);

  await turn(false);
  for (const [method, path, body] of asked.slice(2)) {
    expect((await cloud.ask('admin', method, path, body)).status).toBe(202);
  }
});
