/** Metadata of volumes and of snapshots: the same calls, the same answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { NOWHERE, SNAPSHOTS, VOLUMES } from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

async function of(kind: string): Promise<string> {
  const metadata = { a: '1', b: '2' };
  const volume = await cloud.newVolume({ metadata });
  if (kind === 'volume') return `${VOLUMES}/${volume.id}/metadata`;
  const snapshot = await makeSnapshot(cloud.runtime.database, volume, { metadata });
  return `${SNAPSHOTS}/${snapshot.id}/metadata`;
}

const ask = (method: string, path: string, body?: unknown, microversion = '3.0') =>
  cloud.ask('member', method, path, body, { microversion });

describe.each(['volume', 'snapshot'])('metadata of a %s', (kind) => {
  test('are added, replaced and removed', async () => {
    const path = await of(kind);
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { metadata: { a: '1', b: '2' } } });
    expect(await ask('POST', path, { metadata: { b: '3', c: '4' } })).toMatchObject({
      status: 200,
      body: { metadata: { a: '1', b: '3', c: '4' } },
    });
    expect((await ask('PUT', path, { metadata: { d: '5' } })).body).toEqual({ metadata: { d: '5' } });
    expect((await ask('PUT', `${path}/e`, { meta: { e: '6' } })).body).toEqual({ meta: { e: '6' } });
    expect((await ask('GET', `${path}/e`)).body).toEqual({ meta: { e: '6' } });
    expect(await ask('DELETE', `${path}/d`)).toMatchObject({ status: 200, body: null });
    expect((await ask('GET', path)).body).toEqual({ metadata: { e: '6' } });
  });

  test.each<[string, string, unknown, number]>([
    ['GET', '/none', undefined, 404],
    ['GET', '/toString', undefined, 404],
    ['DELETE', '/none', undefined, 404],
    ['POST', '', {}, 400],
    ['POST', '', { metadata: null }, 400],
    ['POST', '', { metadata: { a: 'v'.repeat(256) } }, 400],
    ['POST', '', { metadata: { ['k'.repeat(256)]: '' } }, 400],
    ['POST', '', { metadata: { '': '' } }, 400],
    ['PUT', '', { metadata: { a: 1 } }, 400],
    ['PUT', '/a', { meta: { b: '1' } }, 400],
    ['PUT', '/a', { meta: { a: '1', b: '1' } }, 400],
    ['PUT', '/a', { meta: {} }, 400],
    ['PUT', '/a', { metadata: { a: '1' } }, 400],
  ])('%s %s with %o → %i', async (method, path, body, status) => {
    expect((await ask(method, `${await of(kind)}${path}`, body)).status).toBe(status);
  });

  test('of what is not there are not there', async () => {
    const none = `/volume/v3/${kind}s/${NOWHERE}/metadata`;
    expect((await ask('GET', none)).status).toBe(404);
    expect((await ask('POST', none, { metadata: {} })).status).toBe(404);
  });
});

test('may be changed only as they were seen, from 3.15 on', async () => {
  const path = await of('volume');
  const { headers } = await ask('GET', path, undefined, '3.15');
  const etag = headers.get('etag') ?? '';
  expect((await ask('GET', path, undefined, '3.14')).headers.get('etag')).toBeNull();
  const put = (ifMatch: string, microversion: string) =>
    cloud.ask(
      'member',
      'PUT',
      path,
      { metadata: { n: microversion } },
      { microversion, headers: { 'if-match': ifMatch } },
    );
  expect(await put('"another"', '3.15')).toMatchObject({ status: 412, body: null });
  expect((await put(etag, '3.15')).status).toBe(200);
  expect((await put(etag, '3.15')).status).toBe(412);
  expect((await put(etag, '3.14')).status).toBe(200);
});

test.each(['volume', 'snapshot'] as const)(
  'of a %s are written by one of many who have seen the same',
  async (kind) => {
    const path = await of(kind);
    const { headers } = await ask('GET', path, undefined, '3.15');
    const ifMatch = headers.get('etag') ?? '';
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, writer) =>
        cloud.ask(
          'member',
          'PUT',
          path,
          { metadata: { writer: `${writer}` } },
          { microversion: '3.15', headers: { 'if-match': ifMatch } },
        ),
      ),
    );
    const written = answers.flatMap(({ status }, writer) => (status === 200 ? [`${writer}`] : []));
    expect(written).toHaveLength(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412, 412]);
    expect((await ask('GET', path)).body).toEqual({ metadata: { writer: written[0] } });
  },
);

test('are not written while the volume becomes an image', async () => {
  const { id } = await cloud.newVolume({ status: 'uploading', metadata: { a: '1' } });
  const path = `${VOLUMES}/${id}/metadata`;
  expect((await ask('POST', path, { metadata: {} })).status).toBe(400);
  expect((await ask('DELETE', `${path}/a`)).status).toBe(400);
  expect((await ask('GET', path)).status).toBe(200);
});
