/**
 * Version documents of the compute API, which version is in force, and the API of before there were any.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const ORIGIN = 'http://mooring.test/compute';
const media = (version: string) => [
  { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` },
];
const self = (path: string) => ({ rel: 'self', href: `${ORIGIN}${path}` });
const V20 = {
  id: 'v2.0',
  status: 'SUPPORTED',
  version: '',
  min_version: '',
  updated: '2011-01-21T11:33:21Z',
};
const V21 = {
  id: 'v2.1',
  status: 'CURRENT',
  version: '2.93',
  min_version: '2.1',
  updated: '2013-07-23T11:33:21Z',
};
const describedBy = { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' };

describe.each(['nobody', 'expired', 'member'] as const)('for %s', (person) => {
  it.each(['/compute', '/compute/'])('%s lists the versions', async (path) => {
    const { status, body, headers } = await cloud.ask(person, 'GET', path, undefined, {
      microversion: 'nonsense',
    });
    expect([status, body]).toEqual([
      200,
      {
        versions: [
          { ...V20, links: [self('/v2/')] },
          { ...V21, links: [self('/v2.1/')] },
        ],
      },
    ]);
    expect(headers.get('openstack-api-version')).toBeNull();
  });

  it.each(['/compute/v2.1', '/compute/v2.1/'])('%s is the present one, which negotiates', async (path) => {
    const { status, body, headers } = await cloud.ask(person, 'GET', path, undefined, {
      microversion: 'latest',
    });
    expect([status, body]).toEqual([
      200,
      { version: { ...V21, links: [self('/v2.1/'), describedBy], 'media-types': media('2.1') } },
    ]);
    expect(headers.get('openstack-api-version')).toBe('compute 2.93');
    expect(headers.get('x-openstack-nova-api-version')).toBe('2.93');
  });

  it.each(['/compute/v2', '/compute/v2/'])('%s is the one of before, which does not', async (path) => {
    const { status, body, headers } = await cloud.ask(person, 'GET', path, undefined, {
      microversion: '9.9',
    });
    expect([status, body]).toEqual([
      200,
      { version: { ...V20, links: [self('/v2/'), describedBy], 'media-types': media('2') } },
    ]);
    expect(headers.get('openstack-api-version')).toBeNull();
  });

  it.each([
    ['/compute/v3/', 'v3'],
    ['/compute/servers/detail', 'servers/detail'],
    ['/compute/v2.10', 'v2.10'],
  ])('%s is of no version: there is a choice', async (path, below) => {
    const { status, body } = await cloud.ask(person, 'GET', path);
    expect([status, body]).toEqual([
      300,
      {
        choices: [
          { id: 'v2.0', status: 'SUPPORTED', links: [self(`/v2/${below}`)], 'media-types': media('2') },
          { id: 'v2.1', status: 'CURRENT', links: [self(`/v2.1/${below}`)], 'media-types': media('2.1') },
        ],
      },
    ]);
  });
});

it('shows a version by its id to those with a token', async () => {
  const shown = await cloud.askAll('GET', '/compute/v2.1/versions/v2.1');
  expect(shown).toMatchObject({
    nobody: 401,
    expired: 401,
    forged: 401,
    roleless: 401,
    alt: 200,
    reader: 200,
  });
  expect((await cloud.ask('reader', 'GET', '/compute/v2.1/versions/v2.0')).body).toMatchObject({
    version: V20,
  });
  expect((await cloud.ask('reader', 'GET', '/compute/v2.1/versions/v9')).status).toBe(404);
});

describe('the version of a request', () => {
  const path = '/compute/v2.1/versions/v2.1';
  it.each<[string, Record<string, string>, number, string | null]>([
    ['none', {}, 200, '2.1'],
    ['one', { 'openstack-api-version': 'compute 2.60' }, 200, '2.60'],
    ['the latest', { 'openstack-api-version': 'compute latest' }, 200, '2.93'],
    ['the old header', { 'x-openstack-nova-api-version': '2.60' }, 200, '2.60'],
    [
      'both',
      { 'openstack-api-version': 'compute 2.60', 'x-openstack-nova-api-version': '2.70' },
      200,
      '2.60',
    ],
    ['two services', { 'openstack-api-version': 'volume 3.50, compute 2.60' }, 200, '2.60'],
    ['another service', { 'openstack-api-version': 'volume 3.50' }, 200, '2.1'],
    ['one too new', { 'openstack-api-version': 'compute 2.94' }, 406, '2.94'],
    ['one too old', { 'openstack-api-version': 'compute 2.0' }, 406, '2.0'],
    ['another major one', { 'openstack-api-version': 'compute 3.0' }, 406, '3.0'],
    ...['nonsense', '2', '2.01', '2.1.1', 'LATEST'].map(
      (text): [string, Record<string, string>, number, null] => [
        text,
        { 'openstack-api-version': `compute ${text}` },
        400,
        null,
      ],
    ),
  ])('%s', async (_, headers, status, version) => {
    const told = await cloud.ask('reader', 'GET', path, undefined, { headers });
    expect(told.status).toBe(status);
    expect(told.headers.get('openstack-api-version')).toBe(version === null ? null : `compute ${version}`);
    expect(told.headers.get('x-openstack-nova-api-version')).toBe(version);
    const vary = 'OpenStack-API-Version, X-OpenStack-Nova-API-Version';
    expect(told.headers.get('vary')).toBe(version === null ? null : vary);
    if (status === 406)
      expect(told.body).toEqual({ computeFault: { code: 406, message: expect.any(String) } });
    if (status === 400) expect(told.body).toEqual({ badRequest: { code: 400, message: expect.any(String) } });
  });
});

describe('the API of before microversions', () => {
  it('is 2.1, says no version, and overlooks keys it does not know', async () => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume()];
    const body = { volumeAttachment: { volumeId: volume.id, tag: 'x', nonsense: { deep: 1 } }, more: 1 };
    const path = `/servers/${server.id}/os-volume_attachments`;
    expect((await cloud.ask('member', 'POST', `/compute/v2.1${path}`, body)).status).toBe(400);
    const told = await cloud.ask('member', 'POST', `/compute/v2${path}`, body, { microversion: '2.93' });
    expect([told.status, told.body]).toEqual([
      200,
      { volumeAttachment: { id: volume.id, volumeId: volume.id, serverId: server.id, device: '/dev/vdb' } },
    ]);
    expect(told.headers.get('openstack-api-version')).toBeNull();
    const wrong = { volumeAttachment: { volumeId: 5, nonsense: 1 } };
    expect((await cloud.ask('member', 'POST', `/compute/v2${path}`, wrong)).status).toBe(400);
  });
});

it('has no path that ends in .json', async () => {
  expect((await cloud.ask('member', 'GET', '/compute/v2.1/versions.json')).status).toBe(404);
});

it('knows the project in a path, which must be that of the token', async () => {
  const path = (id: string) => `/compute/v2.1/${id}/versions/v2.1`;
  expect((await cloud.ask('reader', 'GET', path(cloud.project.id))).status).toBe(200);
  expect((await cloud.ask('admin', 'GET', path(cloud.altProject.id))).status).toBe(400);
});
