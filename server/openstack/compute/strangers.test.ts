/**
 * Every route of the compute API that is not open, asked without a token that is good.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import type { Route } from '../route';
import { COMPUTE_ROUTES } from './routes';

let cloud: RestCloud;
let serverId: string;

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  serverId = (await cloud.newServer()).id;
});
afterAll(() => cloud.close());

/** A microversion that knows the route. */
function versionOf({ since = 1, until = 93 }: Route): string {
  return `2.${Math.min(Math.max(since, 60), until)}`;
}

/** Only these are sent with a body. */
function bodyOf({ action, method }: Route): unknown {
  if (method === 'GET' || method === 'DELETE') return undefined;
  return action === undefined ? {} : { [action]: null };
}

const CLOSED = COMPUTE_ROUTES.filter((route) => !route.open).map(
  (route) => [`${route.method} ${route.path} ${route.action ?? ''}`, route] as const,
);

describe('a stranger', () => {
  it.each(CLOSED)('is told nothing by %s', async (_, route) => {
    const path = route.path.replace(':serverId', serverId).replaceAll(/:\w+/g, 'any');
    const ask = (person: 'nobody' | 'expired' | 'member', serviceToken?: 'forged' | 'roleless') =>
      cloud.ask(person, route.method, `/compute/v2.1${path}`, bodyOf(route), {
        microversion: versionOf(route),
        ...(serviceToken === undefined ? {} : { serviceToken }),
      });
    const told = [
      await ask('nobody'),
      await ask('expired'),
      await ask('member', 'forged'),
      await ask('member', 'roleless'),
    ];
    expect(told.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(told[0]?.headers.get('www-authenticate')).toContain('Keystone uri=');
  });
});
