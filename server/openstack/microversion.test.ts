/** Which version a request gets. Cases from the microversion guides of both services, and from what a real cloud answered. */
import { expect, test } from 'vitest';
import { COMPUTE } from './compute/service';
import { FaultError } from './fault';
import { type Microversions, negotiate } from './microversion';
import { VOLUME } from './volume/service';

function ask(service: { microversions: Microversions | null }, headers: Record<string, string>): unknown {
  if (service.microversions === null) throw new Error('a service without versions');
  try {
    return negotiate(service.microversions, new Headers(headers));
  } catch (error) {
    if (error instanceof FaultError) return error.status;
    throw error;
  }
}

test.each([
  [{}, 1],
  [{ 'openstack-api-version': 'compute 2.60' }, 60],
  [{ 'openstack-api-version': 'COMPUTE 2.60' }, 60],
  [{ 'openstack-api-version': 'volume 3.50, compute 2.20' }, 20],
  [{ 'openstack-api-version': 'compute 2.20, compute 2.21' }, 21],
  [{ 'openstack-api-version': 'volume 3.50' }, 1],
  [{ 'openstack-api-version': 'compute latest' }, 93],
  [{ 'x-openstack-nova-api-version': '2.3' }, 3],
  [{ 'x-openstack-nova-api-version': '2.3', 'openstack-api-version': 'compute 2.60' }, 60],
  [{ 'openstack-api-version': 'compute 2.01' }, 400],
  [{ 'openstack-api-version': 'compute 2' }, 400],
  [{ 'openstack-api-version': 'compute LATEST' }, 400],
  [{ 'openstack-api-version': 'compute 2.0' }, 406],
  [{ 'openstack-api-version': 'compute 2.94' }, 406],
  [{ 'openstack-api-version': 'compute 3.1' }, 406],
])('compute with %o → %s', (headers, expected) => {
  expect(ask(COMPUTE, headers)).toBe(expected);
});

test.each([
  [{}, 0],
  [{ 'openstack-api-version': 'volume 3.71' }, 71],
  [{ 'openstack-api-version': 'volumev3 3.27' }, 27],
  [{ 'openstack-api-version': 'volume latest' }, 71],
  [{ 'openstack-api-version': 'volume 3.72' }, 406],
  [{ 'openstack-api-version': 'volume 2.0' }, 406],
  [{ 'openstack-api-version': 'volume abc' }, 400],
  [{ 'openstack-api-version': 'volume' }, 400],
  [{ 'openstack-api-version': 'volume 3.1 3.2' }, 400],
  [{ 'openstack-api-version': 'compute 2.1' }, 400],
  [{ 'openstack-api-version': 'compute 2.1, volume 3.5' }, 5],
  [{ 'openstack-api-version': 'volume 3.5, volumev3 3.6' }, 5],
])('volume with %o → %s', (headers, expected) => {
  expect(ask(VOLUME, headers)).toBe(expected);
});

test('a version that is not spoken is named in the answer', () => {
  const versions = COMPUTE.microversions;
  expect(versions).not.toBeNull();
  if (versions === null) return;
  expect(() => negotiate(versions, new Headers({ 'openstack-api-version': 'compute 2.999' }))).toThrow(
    expect.objectContaining({
      status: 406,
      headers: expect.objectContaining({ 'openstack-api-version': 'compute 2.999' }),
    }),
  );
});
