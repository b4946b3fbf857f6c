/**
 * What only a connection of its own can send: odd hosts and headers, bodies in pieces, packed, too large, or never ended.
 */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRawDoor } from '~/server/testing/raw-http';

const here = openRawDoor();
const { request, send } = here;

const VOLUMES = '/volume/v3/volumes';
const JSON_BODY = { 'Content-Type': 'application/json' };
const create = JSON.stringify({ volume: { size: 1 } });

describe('hosts', () => {
  it.each([
    'a b',
    'a@b',
    '[::1',
    'x'.repeat(3000),
    'a/b',
    'a?b#c',
    '%00',
    'é',
    ':',
    'a:99999',
    'a:b',
    '..',
    '"><script>',
    "';--",
    '',
  ])('%s is not one, or shows in links alone', async (host) => {
    for (const path of ['/volume/v3/volumes', '/compute/', '/image/v2/images', '/volume/v3/none']) {
      const { status, text } = await send(request('GET', path, {}, host));
      expect([host, path, status, status < 500]).toEqual([host, path, status, true]);
      expect(text).not.toMatch(/node_modules|\.ts:\d|<script>/);
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });

  it('are no business of proxies that nobody has told us of', async () => {
    const forwarded = {
      'X-Forwarded-Host': 'evil.test',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '8443',
      'X-Forwarded-Prefix': '/evil',
      Forwarded: 'host=evil.test;proto=https',
      'X-Original-URL': '/evil',
    };
    const { status, text } = await send(request('GET', '/compute/v2.1', forwarded));
    expect(status).toBe(200);
    expect(text).toContain('http://mooring.test/compute/v2.1/');
    expect(text).not.toContain('evil');
  });

  it('are those of the operator where there are any', async () => {
    here.cloud.runtime.publicUrl = 'https://cloud.test';
    const { text } = await send(request('GET', '/compute/v2.1', {}, 'evil.test'));
    here.cloud.runtime.publicUrl = null;
    expect(text).toContain('https://cloud.test/compute/v2.1/');
    expect(text).not.toContain('evil');
  });
});

describe('targets', () => {
  it.each([
    '/volume/v3/%2e%2e/%2e%2e/x',
    '/volume/v3/volumes/%ff',
    '/volume/v3/volumes/%E0%A4%A',
    '/volume/v3/volumes/a%2Fb',
    '/volume/v3/volumes?%',
    '/volume/v3/volumes?limit=%ff',
    '/volume/v3/volumes#x',
    '/volume/v3/volumes;a=b',
    `/volume/v3/${'x'.repeat(8000)}`,
    `/volume/v3/volumes?${'a=1&'.repeat(2000)}`,
  ])('%s leads to no error of ours', async (target) => {
    const { status } = await send(request('GET', target, {}));
    expect([200, 300, 400, 404]).toContain(status);
  });
});

describe('headers', () => {
  it.each([
    ['X-Auth-Token', 'ÿþ'],
    ['X-Auth-Token', 'x'.repeat(9000)],
    ['X-Service-Token', 'ÿ'],
    ['OpenStack-API-Version', 'volume'],
    ['OpenStack-API-Version', 'volume latest latest'],
    ['OpenStack-API-Version', 'volume 3.99999999999999999999'],
    ['OpenStack-API-Version', 'volume -1.0'],
    ['OpenStack-API-Version', 'volume ÿ'],
    ['OpenStack-API-Version', ','.repeat(4000)],
    ['OpenStack-API-Version', 'volume 3.0, volume 3.x'],
    ['Accept', 'ÿ;;;q=9'],
    ['Accept-Encoding', 'gzip;q=x'],
    ['If-Match', '"'.repeat(1000)],
    ['Range', 'bytes=0-'],
    ['X-Openstack-Request-Id', 'req-x'],
    ['Cookie', 'a=%00'],
  ])('%s: %s', async (name, value) => {
    const { status, text, headers } = await send(request('GET', VOLUMES, { [name]: value }));
    expect([200, 400, 401, 406]).toContain(status);
    expect(() => JSON.parse(text)).not.toThrow();
    expect(headers['x-openstack-request-id']).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  it('that come twice are one', async () => {
    const twice = `OpenStack-API-Version: volume 3.60\r\nOpenStack-API-Version: volume 3.5\r\nX-Auth-Token: ${here.token}`;
    const head = request('GET', VOLUMES, {}).replace(`X-Auth-Token: ${here.token}`, twice);
    expect((await send(head)).headers['openstack-api-version']).toBe('volume 3.60');
  });
});

describe('bodies', () => {
  const inPieces = { ...JSON_BODY, 'Transfer-Encoding': 'chunked' };
  const piece = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const END = '0\r\n\r\n';

  it('come in pieces', async () => {
    const { status } = await send(
      request('POST', VOLUMES, inPieces),
      piece(create.slice(0, 5)),
      piece(create.slice(5)),
      END,
    );
    expect(status).toBe(202);
  });

  it('are cut off at their limit, with and without a length', async () => {
    const large = `{"volume":{"size":1,"description":"${'x'.repeat(120_000)}"}}`;
    const measured = await send(
      request('POST', VOLUMES, { ...JSON_BODY, 'Content-Length': String(large.length) }),
      large,
    );
    const pieces = await send(request('POST', VOLUMES, inPieces), piece(large), END);
    for (const { status, text } of [measured, pieces]) {
      expect(status).toBe(413);
      expect(JSON.parse(text.replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, ''))).toMatchObject({
        overLimit: { code: 413 },
      });
    }
  });

  it.each([
    ['packed', gzipSync(create), { 'Content-Encoding': 'gzip' }],
    ['UTF-16', Buffer.from(create, 'utf16le'), {}],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), {}],
    ['nothing at all', Buffer.from(''), {}],
    ['NUL', Buffer.from([0]), {}],
  ])('that are %s are no JSON', async (_, body, more) => {
    const headers = { ...JSON_BODY, 'Content-Length': String(body.length), ...more };
    const { status, text } = await send(request('POST', VOLUMES, headers), body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ badRequest: { code: 400 } });
  });

  it.each(['text/html', 'multipart/form-data; boundary=x', 'application/xml', 'ÿ'])(
    'of type %s are not read',
    async (type) => {
      const headers = { 'Content-Type': type, 'Content-Length': String(create.length) };
      const { status } = await send(request('POST', VOLUMES, headers), create);
      expect([400, 415]).toContain(status);
    },
  );

  it('that break off end the connection alone', async () => {
    const broken = new Promise<void>((resolve) => {
      const socket = connect(here.port, '127.0.0.1');
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.write(`${request('POST', VOLUMES, { ...JSON_BODY, 'Content-Length': '1000' })}{"vol`, () =>
        socket.destroy(),
      );
    });
    await broken;
    expect((await send(request('GET', VOLUMES, {}))).status).toBe(200);
  });

  it('of requests that have none are passed over', async () => {
    const headers = { ...JSON_BODY, 'Content-Length': '3' };
    expect((await send(request('GET', VOLUMES, headers), '{"x')).status).toBe(200);
  });
});

describe('every answer', () => {
  const ANSWERS: [string, string, number][] = [
    ['GET', VOLUMES, 200],
    ['GET', '/volume/v3/none', 404],
    ['GET', '/volume/v3/volumes/none', 404],
    ['GET', '/compute/v2.1/servers', 200],
    ['GET', '/compute/v2.1/servers/none', 404],
    ['GET', '/compute/v2.1/none', 404],
    ['GET', '/image/v2/images', 200],
    ['GET', '/image/v2/none', 404],
  ];
  it.each(ANSWERS)('%s %s has a request id', async (method, path, code) => {
    const { status, headers } = await send(request(method, path, {}));
    expect(status).toBe(code);
    expect(headers['x-openstack-request-id']).toMatch(/^req-[0-9a-f-]{36}$/);
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'])('to %s is plain', async (method) => {
    for (const path of [
      VOLUMES,
      '/compute/v2.1/servers',
      '/image/v2/images',
      '/volume/',
      '/compute/',
      '/image/',
    ]) {
      const { status } = await send(request(method, path, {}));
      expect([method, path, status, status < 500]).toEqual([method, path, status, true]);
    }
  });
});
