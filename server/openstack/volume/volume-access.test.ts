/** Who gets what answer from the routes of volumes and snapshots: everybody, on everything. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSnapshot } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud, type ServiceToken } from '~/server/testing/rest';
import { raiseQuota, SNAPSHOTS, VOLUMES } from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

interface Things {
  volume: string;
  snapshot: string;
}

/** Fresh ones for each request: the one before may have taken them away. */
async function things(): Promise<Things> {
  const volume = await cloud.newVolume({ pool: 'a@usual#pool', metadata: { k: 'v' } });
  const other = await cloud.newVolume({ pool: 'a@usual#pool' });
  const snapshot = await makeSnapshot(cloud.runtime.database, other, { metadata: { k: 'v' } });
  return { volume: volume.id, snapshot: snapshot.id };
}

type Request = [method: string, path: (of: Things) => string, body: ((of: Things) => unknown) | null];

const LIST: Request[] = [
  ['GET', () => VOLUMES, null],
  ['GET', () => `${VOLUMES}/detail`, null],
  ['GET', () => `${VOLUMES}/summary`, null],
  ['GET', () => SNAPSHOTS, null],
  ['GET', () => `${SNAPSHOTS}/detail`, null],
];
const LOOK: Request[] = [
  ['GET', ({ volume }) => `${VOLUMES}/${volume}`, null],
  ['GET', ({ volume }) => `${VOLUMES}/${volume}/encryption`, null],
  ['GET', ({ volume }) => `${VOLUMES}/${volume}/metadata`, null],
  ['GET', ({ volume }) => `${VOLUMES}/${volume}/metadata/k`, null],
  ['GET', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}`, null],
  ['GET', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata`, null],
  ['GET', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata/k`, null],
];
const CHANGE: Request[] = [
  ['PUT', ({ volume }) => `${VOLUMES}/${volume}`, () => ({ volume: { name: 'n' } })],
  ['DELETE', ({ volume }) => `${VOLUMES}/${volume}`, null],
  ['POST', ({ volume }) => `${VOLUMES}/${volume}/metadata`, () => ({ metadata: { a: '1' } })],
  ['PUT', ({ volume }) => `${VOLUMES}/${volume}/metadata`, () => ({ metadata: { a: '1' } })],
  ['PUT', ({ volume }) => `${VOLUMES}/${volume}/metadata/k`, () => ({ meta: { k: '1' } })],
  ['DELETE', ({ volume }) => `${VOLUMES}/${volume}/metadata/k`, null],
  ['POST', () => SNAPSHOTS, ({ volume }) => ({ snapshot: { volume_id: volume } })],
  ['PUT', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}`, () => ({ snapshot: { name: 'n' } })],
  ['DELETE', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}`, null],
  ['POST', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata`, () => ({ metadata: { a: '1' } })],
  ['PUT', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata`, () => ({ metadata: { a: '1' } })],
  ['PUT', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata/k`, () => ({ meta: { k: '1' } })],
  ['DELETE', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/metadata/k`, null],
];
const ADMINISTER: Request[] = [
  ['DELETE', ({ volume }) => `${VOLUMES}/${volume}?force=true`, null],
  [
    'POST',
    ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/action`,
    () => ({ 'os-reset_status': { status: 'error' } }),
  ],
  ['POST', ({ snapshot }) => `${SNAPSHOTS}/${snapshot}/action`, () => ({ 'os-force_delete': null })],
];

async function statusFor(
  [method, path, body]: Request,
  person: Person,
  serviceToken?: ServiceToken,
): Promise<number> {
  const of = await things();
  const extra = serviceToken === undefined ? {} : { serviceToken };
  const asking = { microversion: '3.65', ...extra };
  return (await cloud.ask(person, method, path(of), body?.(of), asking)).status;
}

async function everybody(request: Request) {
  const [nobody, expired, forged, roleless] = [
    await statusFor(request, 'nobody'),
    await statusFor(request, 'expired'),
    await statusFor(request, 'member', 'forged'),
    await statusFor(request, 'member', 'roleless'),
  ];
  expect({ nobody, expired, forged, roleless }).toEqual({
    nobody: 401,
    expired: 401,
    forged: 401,
    roleless: 401,
  });
  return {
    alt: await statusFor(request, 'alt'),
    reader: await statusFor(request, 'reader'),
    member: await statusFor(request, 'member'),
    admin: await statusFor(request, 'admin'),
  };
}

/** `GET /volume/v3/volumes/V/metadata`, for the name of a test. */
function named([method, path, body]: Request): string {
  const of = { volume: 'V', snapshot: 'S' };
  return `${method} ${path(of)} ${body === null ? '' : JSON.stringify(body(of))}`;
}

const FINE = expect.toSatisfy((status: number) => status === 200 || status === 202);

function table(requests: Request[]): [string, Request][] {
  return requests.map((request) => [named(request), request]);
}

describe('lists are for everybody’s own', () => {
  test.each(table(LIST))('%s', async (_name, request) => {
    expect(await everybody(request)).toEqual({ alt: 200, reader: 200, member: 200, admin: 200 });
  });
});

describe('a reader looks, and another project sees nothing', () => {
  test.each(table(LOOK))('%s', async (_name, request) => {
    expect(await everybody(request)).toEqual({ alt: 404, reader: 200, member: 200, admin: 200 });
  });
});

describe('a member changes', () => {
  test.each(table(CHANGE))('%s', async (_name, request) => {
    expect(await everybody(request)).toEqual({ alt: 404, reader: 403, member: FINE, admin: FINE });
  });

  test('a volume is made in one’s own project', async () => {
    const request: Request = ['POST', () => VOLUMES, () => ({ volume: { size: 1 } })];
    expect(await everybody(request)).toEqual({ alt: 202, reader: 403, member: 202, admin: 202 });
  });
});

describe('an administrator has the last word', () => {
  test.each(table(ADMINISTER))('%s', async (_name, request) => {
    expect(await everybody(request)).toEqual({ alt: 404, reader: 403, member: 403, admin: 202 });
  });
});

test.each<Person>(['member', 'admin'])(
  'another project in the URL is no way to reach it: %s',
  async (person) => {
    const at = (project: string) => cloud.ask(person, 'GET', `/volume/v3/${project}/volumes`);
    expect((await at(cloud.projectId)).status).toBe(200);
    expect(await at(cloud.altProject.id)).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
  },
);
