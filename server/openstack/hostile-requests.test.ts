/**
 * What only a connection of its own can send: odd hosts and headers, bodies in pieces, packed, too large, or never ended.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '~/server/api-routes';
import { frontDoor } from '~/server/front-door';
import { closable, listen } from '~/server/listening';
import { openRestCloud, type RestCloud, tokenFor } from '~/server/testing/rest';
import { openstackServices } from './handler';

let cloud: RestCloud;
let port: number;
let token: string;
let closeDoor: (patience: number) => Promise<void>;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  token = await tokenFor(cloud.runtime, cloud.projectId, 'member');
  const server = createServer();
  const { log } = cloud.runtime;
  const api = apiRoutes({
    log,
    trpc: async () => new Response(),
    services: openstackServices(cloud.runtime),
    checks: {},
    stopping: () => false,
  });
  const pages = async () => {
    throw new Error('no page is asked for');
  };
  server.on('request', frontDoor({ log, api, pages, dev: false, secure: false }));
  closeDoor = closable(server).close;
  port = await listen(server, 0, '127.0.0.1');
});
afterAll(async () => {
  await closeDoor(100);
  await cloud.close();
});

interface Heard {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends the bytes as they are, and hears what comes until the other side has no more to say. */
function send(...pieces: (string | Buffer)[]): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    let failure: Error | undefined;
    socket.on('data', (chunk) => chunks.push(chunk));
    // Whoever is answered before everything is sent may find the connection closed while sending the rest.
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      if (chunks.length === 0) reject(failure ?? new Error('the connection was closed without an answer'));
      else resolve(heard(Buffer.concat(chunks).toString('latin1')));
    });
    for (const piece of pieces) socket.write(piece);
  });
}

function heard(all: string): Heard {
  const [head = '', ...rest] = all.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
}

function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  host = 'mooring.test',
): string {
  const all = { Host: host, 'X-Auth-Token': token, Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

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
    cloud.runtime.publicUrl = 'https://cloud.test';
    const { text } = await send(request('GET', '/compute/v2.1', {}, 'evil.test'));
    cloud.runtime.publicUrl = null;
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
    const twice = `OpenStack-API-Version: volume 3.0\r\nOpenStack-API-Version: volume 3.60\r\nX-Auth-Token: ${token}`;
    const head = request('GET', VOLUMES, {}).replace(`X-Auth-Token: ${token}`, twice);
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
      const socket = connect(port, '127.0.0.1');
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
