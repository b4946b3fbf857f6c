/**
 * The only place where URLs of the console are spelled.
 */

export const paths = {
  home: '/',
  servers: '/servers',
  server: (id: string) => `/servers/${encodeURIComponent(id)}`,
  volumes: '/volumes',
  volume: (id: string) => `/volumes/${encodeURIComponent(id)}`,
  attachments: '/attachments',
  attachment: (id: string) => `/attachments/${encodeURIComponent(id)}`,
  operations: '/operations',
  operation: (id: string) => `/operations/${encodeURIComponent(id)}`,
  simulator: '/simulator',
  trpc: '/api/trpc',
  /** @param next where to go after the login; left out for the start page */
  login: (next?: string) =>
    next === undefined || next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`,
} as const;

/**
 * Where a login may lead: only into this site, or a link could send people to a stranger's page.
 * @param next as it came in the URL
 * @returns a path that starts with exactly one slash
 */
export function safeNext(next: string | null | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : paths.home;
}
