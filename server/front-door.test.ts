import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { apiRoutes } from './api-routes';
import { frontDoor } from './front-door';
import { closable, listen } from './listening';

/** In ms: longer than any request here is under way. */
const PATIENCE = 60_000;

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A door with a page that tells what it was asked, and with the given API behind it. */
async function openDoor(trpc: (request: Request) => Promise<Response> = async () => new Response('trpc')) {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null },
    new Writable({ write: (line, _, done) => done(void lines.push(JSON.parse(String(line)))) }),
  );
  const server = createServer();
  const { close } = closable(server);
  const checks = {
    database: async () => 1,
    queue: () => Promise.reject(new Error('no queue at db.internal')),
  };
  const api = apiRoutes({ log, trpc, services: [], checks, stopping: () => false });
  server.on(
    'request',
    frontDoor({
      log,
      api,
      dev: false,
      secure: false,
      pages: async (request, response) => {
        response.end(JSON.stringify({ url: request.url, headers: request.headers, raw: request.rawHeaders }));
      },
    }),
  );
  const port = await listen(server, 0, '127.0.0.1');
  open.push(() => close(1_000));
  return { at: `http://127.0.0.1:${port}`, lines, close };
}

test.each(['/volumes', '/', '/images/1', '/healthzz', '/api/other'])('%s is a page', async (path) => {
  const { at } = await openDoor();
  expect(await (await fetch(at + path)).json()).toMatchObject({ url: path });
});

test.each(['/identity/v3', '/compute', '/volume/v3/x', '/image/v2'])(
  '%s belongs to the APIs',
  async (path) => {
    const { at } = await openDoor();
    const answer = await fetch(at + path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 404 } });
  },
);

test('the request id is always ours, in the answer, behind the door and in the log', async () => {
  const { at, lines } = await openDoor(async (request) =>
    Response.json(request.headers.get('x-openstack-request-id')),
  );
  const answer = await fetch(`${at}/api/trpc/x?token=hidden`, {
    headers: { 'x-openstack-request-id': 'req-mine' },
  });
  const id = answer.headers.get('x-openstack-request-id');
  expect(id).toMatch(/^req-[0-9a-f]{8}-[0-9a-f-]{27}$/);
  expect(await answer.json()).toBe(id);
  // The line is written when the answer is out, which the client may know before us.
  await expect.poll(() => lines.length, { timeout: 60_000 }).toBe(1);
  expect(lines).toMatchObject([{ requestId: id, method: 'GET', path: '/api/trpc/x', status: 200 }]);
  expect(JSON.stringify(lines)).not.toContain('hidden');
});

test('a page gets a nonce of ours, and a policy that names it', async () => {
  const { at } = await openDoor();
  const answer = await fetch(at, { headers: { 'x-nonce': 'mine', 'x-mooring-address': '10.0.0.1' } });
  const { headers, raw } = (await answer.json()) as { headers: Record<string, string>; raw: string[] };
  expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${headers['x-nonce']}'`);
  expect(headers['content-security-policy']).toBe(answer.headers.get('content-security-policy'));
  expect(headers['x-mooring-address']).toBe('127.0.0.1');
  expect(raw).not.toContain('mine');
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
});

test('a body beyond the limit is refused', async () => {
  const { at } = await openDoor(async (request) => new Response(await request.text()));
  const send = (size: number) => fetch(`${at}/api/trpc/x`, { method: 'POST', body: 'a'.repeat(size) });
  expect((await send(114_688)).status).toBe(200);
  expect((await send(114_689)).status).toBe(413);
});

test('a body whose length is not told is read, up to the same limit', async () => {
  const { at } = await openDoor(async (request) => new Response(await request.text()));
  const send = (size: number) => {
    const init = { method: 'POST', body: new Blob(['a'.repeat(size)]).stream(), duplex: 'half' };
    return fetch(`${at}/api/trpc/x`, init);
  };
  expect(await (await send(3)).text()).toBe('aaa');
  expect((await send(114_689)).status).toBe(413);
});

test('readiness says which dependency fails, and not why', async () => {
  const { at } = await openDoor();
  expect((await fetch(`${at}/healthz`)).status).toBe(200);
  const answer = await fetch(`${at}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'not ready', database: 'ok', queue: 'unreachable' });
});

test('a connection may rest for more than a minute', async () => {
  const { at } = await openDoor();
  const answer = await fetch(`${at}/healthz`);
  expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
});

test('an error behind the door is told by its id only', async () => {
  const { at, lines } = await openDoor(() => Promise.reject(new Error('secret detail')));
  const answer = await fetch(`${at}/api/trpc/x`);
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(text).toContain(answer.headers.get('x-openstack-request-id'));
  expect(text).not.toContain('secret detail');
  expect(JSON.stringify(lines)).toContain('secret detail');
});

test('a stream arrives as it is written, and ends when the door closes', async () => {
  let ended = (): void => {};
  const cleanedUp = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const { at, close } = await openDoor(async (request) => {
    request.signal.addEventListener('abort', () => ended());
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  const answer = await fetch(`${at}/api/trpc/x`, { headers: { accept: 'text/event-stream' } });
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 1\n\n');
  open.length = 0;
  await close(PATIENCE);
  await cleanedUp;
  await expect(reader?.read()).rejects.toThrow('terminated');
});

test('a request under way is answered before the door closes', async () => {
  let release = (): void => {};
  let arrived = (): void => {};
  const under = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const { at, close } = await openDoor(async () => {
    arrived();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return new Response('done');
  });
  const answer = fetch(`${at}/api/trpc/x`);
  await under;
  open.length = 0;
  const closed = close(PATIENCE);
  await expect(fetch(`${at}/healthz`)).rejects.toThrow();
  release();
  expect(await (await answer).text()).toBe('done');
  await closed;
});

test('a port that is taken is refused in one sentence', async () => {
  const { at } = await openDoor();
  const port = Number(new URL(at).port);
  await expect(listen(createServer(), port, '127.0.0.1')).rejects.toThrow(
    `PORT ${port} on 127.0.0.1 is in use`,
  );
});
