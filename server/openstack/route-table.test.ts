/** How a request finds its routes. */
import { expect, test } from 'vitest';
import { answer, route } from './route';
import { routeTable } from './route-table';

const handle = () => answer({});
const find = routeTable([
  route({ method: 'GET', path: '/servers/:serverId', summary: 'Show', handle }),
  route({ method: 'GET', path: '/servers/detail', summary: 'List', handle }),
  route({ method: 'POST', path: '/servers/:serverId/action', action: 'pause', summary: 'Pause', handle }),
  route({ method: 'POST', path: '/servers/:serverId/action', action: 'lock', summary: 'Lock', handle }),
]);

test('a fixed word wins over a parameter', () => {
  expect(find('GET', '/servers/detail')?.routes[0]?.summary).toBe('List');
  expect(find('GET', '/servers/web-1')?.params).toEqual({ serverId: 'web-1' });
});

test('all actions behind a path are found together', () => {
  expect(find('POST', '/servers/1/action')?.routes.map(({ action }) => action)).toEqual(['pause', 'lock']);
});

test('an encoded name is decoded, and a broken one stays as it is', () => {
  expect(find('GET', '/servers/a%20b%2Fc')?.params).toEqual({ serverId: 'a b/c' });
  expect(find('GET', '/servers/%ZZ')?.params).toEqual({ serverId: '%ZZ' });
});

test.each([
  ['GET', '/servers/'],
  ['GET', '/servers/1/'],
  ['DELETE', '/servers/1'],
  ['GET', '/nothing'],
  ['HEAD', '/servers/1'],
])('%s %s is nobody’s', (method, path) => {
  expect(find(method, path)).toBeNull();
});
