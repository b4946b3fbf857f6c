/**
 * tRPC over HTTP, for browsers: cookies, and a lock against other sites that would use them.
 */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { serialize } from 'hono/utils/cookie';
import { SESSION_SECONDS } from '~/server/services/sessions';
import { callContext, SESSION_COOKIE, type Shared } from './call-context';
import { appRouter } from './router';

export const TRPC_PATH = '/api/trpc';

/** Another site cannot send this header without asking us first (CORS), and we never say yes. */
const CSRF_HEADER = 'x-mooring-request';

/** @returns a handler for every request below {@link TRPC_PATH} */
export function trpcHandler(shared: Shared): (request: Request) => Promise<Response> {
  return async (request) => {
    const forged = forgeryOf(request, shared.runtime.publicUrl);
    if (forged !== null) return Response.json({ error: { message: forged } }, { status: 403 });
    return fetchRequestHandler({
      endpoint: TRPC_PATH,
      req: request,
      router: appRouter,
      createContext: ({ resHeaders }) =>
        callContext(shared, request.headers, (token) => {
          resHeaders.append('set-cookie', sessionCookie(token, shared.runtime.publicUrl));
        }),
    });
  };
}

/** @returns why a changing request may come from another site; null when it cannot */
function forgeryOf(request: Request, publicUrl: string | null): string | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  if (request.headers.get(CSRF_HEADER) === null) return `A changing request needs the header ${CSRF_HEADER}.`;
  const origin = request.headers.get('origin');
  const ours = publicUrl === null ? new URL(request.url).host : new URL(publicUrl).host;
  if (origin !== null && hostOf(origin) !== ours) return 'This request comes from another site.';
  return null;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function sessionCookie(token: string | null, publicUrl: string | null): string {
  return serialize(SESSION_COOKIE, token ?? '', {
    httpOnly: true,
    // Lax, so that a link from a chat opens the page it names; what changes anything is guarded above.
    sameSite: 'Lax',
    path: '/',
    secure: publicUrl?.startsWith('https:') ?? false,
    maxAge: token === null ? 0 : SESSION_SECONDS,
  });
}
