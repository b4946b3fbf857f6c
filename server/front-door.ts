/**
 * The one door: every request gets an id, a line in the log, and goes either to the APIs or to the pages. The APIs do
 * not go through Next, which costs ten times as much per answer.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { setApiHeaders, setPageHeaders } from './answer-headers';

/** First path segments that belong to the APIs; all others are pages. `/volume` is an API, `/volumes` a page. */
const apiPath = /^\/(healthz|readyz|openapi\.json|identity|compute|volume|image|api\/trpc)(\/|$)/;

/** What a client must not tell us about itself, because what is behind the door takes our word for it. */
const ownHeaders = [
  'x-openstack-request-id',
  'x-mooring-address',
  'x-nonce',
  'content-security-policy',
  'content-security-policy-report-only',
];

/**
 * @param options.api answers what {@link apiPath} names
 * @param options.pages answers the rest: Next's request handler
 * @param options.dev whether pages are compiled on the fly, which needs a looser policy
 * @param options.secure whether the outward address is https
 * @returns the listener for a Node server. Requests reach both sides with the headers `x-openstack-request-id`
 * (`req-<uuid>`, always ours) and `x-mooring-address` (the peer's address), pages also with `x-nonce`.
 */
export function frontDoor(options: {
  log: Logger;
  api: (request: Request) => Response | Promise<Response>;
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  dev: boolean;
  secure: boolean;
}): RequestListener {
  const { log, pages, dev, secure } = options;
  const api = getRequestListener(options.api, { overrideGlobalObjects: false });
  return (request, response) => {
    const started = performance.now();
    const requestId = `req-${randomUUID()}`;
    const path = pathOf(request);
    strip(request);
    stamp(request, {
      'x-openstack-request-id': requestId,
      'x-mooring-address': request.socket.remoteAddress ?? '',
    });
    response.setHeader('X-Openstack-Request-Id', requestId);
    response.once('close', () => {
      const line = {
        requestId,
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...(response.writableFinished ? {} : { aborted: true }),
      };
      log[isNoise(path) ? 'debug' : 'info'](line, 'request');
    });
    if (apiPath.test(path)) {
      setApiHeaders(response, secure);
      void api(request, response);
      return;
    }
    const nonce = setPageHeaders(response, { dev, secure });
    stamp(request, {
      'x-nonce': nonce,
      'content-security-policy': String(response.getHeader('Content-Security-Policy')),
    });
    pages(request, response).catch((error: unknown) => {
      log.error({ requestId, path, err: error }, 'a page failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`Something went wrong in Mooring (${requestId}).\n`);
    });
  };
}

/** Without the query, which may carry what must not be logged. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

function isNoise(path: string): boolean {
  return path.startsWith('/_next/') || path === '/healthz' || path === '/readyz';
}

/** Removes from the request, where both of its readers look, what only we may say. */
function strip(request: IncomingMessage): void {
  for (const name of ownHeaders) delete request.headers[name];
  const raw = request.rawHeaders;
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    if (ownHeaders.includes(raw[at]?.toLowerCase() ?? '')) raw.splice(at, 2);
  }
}

/** Adds headers to the request, as if the client had sent them. */
function stamp(request: IncomingMessage, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
  }
}
