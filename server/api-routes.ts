import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { Mounted } from './openstack/handler';
import { openApiAnswer } from './openstack/openapi/answer';
import { within } from './within';

/** Largest request body in bytes; the limit OpenStack's own services share (oslo.middleware, max_request_body_size). */
const maxBody = 114_688;

/** How long a dependency may take to answer before it counts as unreachable, in ms. */
const patience = 2_000;

/**
 * @param options.trpc answers everything below /api/trpc
 * @param options.services the OpenStack APIs, each below its prefix
 * @param options.checks what readiness depends on, by name; a check that rejects is a failed one
 * @param options.stopping whether the process is about to end, so that no new work should come here
 * @returns a handler for the requests that are not for pages
 */
export function apiRoutes(options: {
  log: Logger;
  trpc: (request: Request) => Promise<Response>;
  services: readonly Mounted[];
  checks: Record<string, () => Promise<unknown>>;
  stopping: () => boolean;
}): (request: Request) => Response | Promise<Response> {
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: maxBody,
    onError: () => failure(413, `The request body is larger than ${maxBody} bytes.`),
  });
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async () => readiness(options));
  app.get('/openapi.json', () => openApiAnswer());
  app.all('/api/trpc/*', rebuilt, limit, (c) => options.trpc(c.req.raw));
  for (const { prefix, handle, tooLarge } of options.services) {
    const bounded = bodyLimit({ maxSize: maxBody, onError: () => tooLarge(maxBody) });
    for (const path of [prefix, `${prefix}/*`]) app.all(path, rebuilt, bounded, (c) => handle(c.req.raw));
  }
  app.notFound(() => failure(404, 'There is nothing at this address.'));
  app.onError((error, c) => {
    const requestId = c.req.header('x-openstack-request-id');
    options.log.error({ requestId, err: error }, 'a request failed');
    return failure(500, `Something went wrong in Mooring (${requestId}).`);
  });
  return (request) => app.fetch(request);
}

/**
 * A body of unknown length is counted as it is read, and put into a request made from this one. The platform makes one
 * from its own requests only, not from the light ones that come from the listener.
 */
const rebuilt: MiddlewareHandler = async (c, next) => {
  const { raw } = c.req;
  if (raw.body !== null && !raw.headers.has('content-length')) {
    const init: RequestInit & { duplex: 'half' } = {
      method: raw.method,
      headers: raw.headers,
      body: raw.body,
      duplex: 'half',
    };
    c.req.raw = new Request(raw.url, init);
  }
  await next();
};

function failure(code: number, message: string): Response {
  return Response.json({ error: { code, message } }, { status: code });
}

async function readiness(options: {
  log: Logger;
  checks: Record<string, () => Promise<unknown>>;
  stopping: () => boolean;
}): Promise<Response> {
  const results = await Promise.all(
    Object.entries(options.checks).map(async ([name, check]) => {
      try {
        await within(patience, check());
        return [name, 'ok'] as const;
      } catch (error) {
        // The reason may name hosts and users: it goes to the log, not to whoever asks.
        options.log.warn({ err: error, check: name }, 'not ready');
        return [name, 'unreachable'] as const;
      }
    }),
  );
  const ready = !options.stopping() && results.every(([, result]) => result === 'ok');
  const status = options.stopping() ? 'stopping' : ready ? 'ready' : 'not ready';
  return Response.json({ status, ...Object.fromEntries(results) }, { status: ready ? 200 : 503 });
}
