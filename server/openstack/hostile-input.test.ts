/**
 * Whatever is sent to whichever route, the answer comes soon, is the vendor's, and tells nothing of what is inside.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, makeSnapshot } from '~/db/factories';
import { withPatterns } from '~/server/services/records/server-filters';
import {
  type HostileRequest,
  hostilePaths,
  hostileQueries,
  hostileRequests,
} from '~/server/testing/hostile-requests';
import { openRestCloud, type RestCloud, type Told } from '~/server/testing/rest';
import { raiseQuota } from '~/server/testing/rest-volumes';
import { COMPUTE_VERSIONS } from './compute/microversions';
import { COMPUTE_ROUTES } from './compute/routes';
import { IMAGE_ROUTES } from './image/routes';
import type { Route } from './route';
import { VOLUME_VERSIONS } from './volume/microversions';
import { VOLUME_ROUTES } from './volume/routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

const SERVICES = [
  { root: '/compute/v2.1', routes: COMPUTE_ROUTES, versions: COMPUTE_VERSIONS },
  { root: '/volume/v3', routes: VOLUME_ROUTES, versions: VOLUME_VERSIONS },
  { root: '/image/v2', routes: IMAGE_ROUTES, versions: null },
];
type Service = (typeof SERVICES)[number];

/** The lowest and the highest minor version that know a route. */
function minorsOf({ versions }: Service, { since = 0, until = Infinity }: Route): number[] {
  if (versions === null) return [0];
  return [...new Set([Math.max(since, versions.min), Math.min(until, versions.max)])];
}

/** Something of everything, in the project of those who ask. */
async function things(): Promise<string[]> {
  const { runtime, projectId, shared } = cloud;
  const server = await cloud.newServer({ flavorId: 'tiny' });
  const free = await cloud.newVolume({ pool: 'a@usual#pool', metadata: { k: 'v' } });
  const held = await cloud.newVolume({ pool: 'a@usual#pool' });
  const attachment = await makeAttachment(runtime.database, held, {
    serverId: server.id,
    device: '/dev/vdb',
  });
  const snapshot = await makeSnapshot(runtime.database, free);
  const made = [server, free, held, attachment, snapshot].map(({ id }) => id);
  return [...made, ...Object.values(shared.typeIds), shared.imageId, 'tiny', 'k', projectId, randomUUID()];
}

/** Traces, SQL and paths of files. */
const INSIDE = /node_modules|\.ts:\d|PostgresError|syntax error at|violates|relation "|\bat \w+ \(/;
const sentence = expect.stringMatching(/\S/);

function expectSound({ status, body }: Told, { root }: Service, what: string): void {
  expect([status, status < 500], what).toEqual([status, true]);
  if (status < 400) return;
  expect(JSON.stringify(body), what).not.toMatch(INSIDE);
  expect(JSON.stringify(body).length, what).toBeLessThan(15_000);
  const image = { code: String(status), title: sentence, message: sentence };
  const fault = {
    [Object.keys(body ?? {})[0] ?? '']: expect.objectContaining({ code: status, message: sentence }),
  };
  expect(body, what).toEqual(root.startsWith('/image') ? image : fault);
}

async function send(service: Service, minor: number, { method, path, body }: HostileRequest): Promise<void> {
  const asking = service.versions === null ? {} : { microversion: `${service.versions.major}.${minor}` };
  const headers = { 'content-type': 'application/json' };
  const told = await cloud.ask('admin', method, `${service.root}${path}`, body, { ...asking, headers });
  expectSound(told, service, `${method} ${path.slice(0, 200)} in ${minor}: ${body?.slice(0, 300)}`);
}

const ROUTES = SERVICES.flatMap((service) =>
  service.routes.map((route) => {
    const { method, path, action } = route;
    return [`${method} ${service.root}${path} ${action ?? ''}`, service, route] as const;
  }),
);

describe('nothing is too strange for', () => {
  it.each(ROUTES)('%s', async (_, service, route) => {
    const ids = await things();
    for (const minor of minorsOf(service, route)) {
      const property = fc.asyncProperty(hostileRequests(route, minor, ids), (request) =>
        send(service, minor, request),
      );
      await fc.assert(property, { seed: 20_261_121, numRuns: 6, endOnFailure: true });
    }
  });
});

describe('no id is too strange for', () => {
  const named = ROUTES.filter(([, , { path }]) => path.includes(':'));
  it.each(named)('%s', async (_, service, route) => {
    const body = route.action === undefined ? '{}' : JSON.stringify({ [route.action]: null });
    for (const minor of minorsOf(service, route)) {
      for (const path of hostilePaths(route)) {
        await send(service, minor, {
          method: route.method,
          path,
          body: route.method === 'GET' ? undefined : body,
        });
      }
    }
  });
});

describe('no parameter is too strange for', () => {
  // What is listed in detail is asked for in the same way.
  const lists = ROUTES.filter(([, , { query, path }]) => query !== undefined && !path.endsWith('/detail'));
  it.each(lists)('%s', async (_, service, route) => {
    const ids = await things();
    const minor = minorsOf(service, route).at(-1) ?? 0;
    for (const path of hostileQueries(route, minor, ids))
      await send(service, minor, { method: 'GET', path, body: undefined });
  });
});

describe('nothing takes long', () => {
  it('a pattern is given up', async () => {
    // How long a pattern takes depends on the machine, and on what the database has compiled before; sleep does not.
    const endless = withPatterns(cloud.admin, ({ runtime }) => runtime.database.sql`select pg_sleep(600)`);
    await expect(endless).rejects.toThrow('A filter takes too long to be looked for.');
  });

  it('servers without number are not begun', async () => {
    const server = { name: 'n', flavorRef: 'tiny', imageRef: cloud.shared.imageId, min_count: 2 ** 31 - 1 };
    const told = await cloud.ask('member', 'POST', '/compute/v2.1/servers', { server });
    expect(told).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
  });

  it('a text is read once', async () => {
    // What is read again from each of its letters on costs a thousand times as much where it is 32 times as long.
    expect(await costOfBlanks(64_000)).toBeLessThan(32 * (await costOfBlanks(2_000)));
  });

  /** @returns processor time of refusing user data of so many blanks, in µs: the least of several, whatever the load */
  async function costOfBlanks(count: number): Promise<number> {
    const server = { name: 'n', flavorRef: 'tiny', imageRef: cloud.shared.imageId };
    const body = { server: { ...server, user_data: `${' '.repeat(count)}!` } };
    const costs: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const before = process.cpuUsage();
      expect((await cloud.ask('member', 'POST', '/compute/v2.1/servers', body)).status).toBe(400);
      const { user, system } = process.cpuUsage(before);
      costs.push(user + system);
    }
    return Math.min(...costs);
  }
});
