/**
 * The only place where URLs of the console are spelled.
 */

export const paths = {
  home: '/',
  servers: '/servers',
  server: (id: string) => `/servers/${encodeURIComponent(id)}`,
  volumes: '/volumes',
  volume: (id: string) => `/volumes/${encodeURIComponent(id)}`,
  /** @param all whether those of every project are listed */
  volumesOfType: (name: string, all: boolean) =>
    `/volumes?${all ? 'all=true&' : ''}type=${encodeURIComponent(name)}`,
  attachments: '/attachments',
  attachment: (id: string) => `/attachments/${encodeURIComponent(id)}`,
  snapshots: '/snapshots',
  snapshot: (id: string) => `/snapshots/${encodeURIComponent(id)}`,
  /**
   * @param volumeId the volume whose snapshots are listed
   * @param all whether those of every project are
   */
  snapshotsOf: (volumeId: string, all: boolean) =>
    `/snapshots?${all ? 'all=true&' : ''}of=${encodeURIComponent(volumeId)}`,
  volumeTypes: '/volume-types',
  volumeType: (id: string) => `/volume-types/${encodeURIComponent(id)}`,
  images: '/images',
  image: (id: string) => `/images/${encodeURIComponent(id)}`,
  flavors: '/flavors',
  flavor: (id: string) => `/flavors/${encodeURIComponent(id)}`,
  hosts: '/hosts',
  pools: '/hosts/pools',
  services: '/hosts/services',
  /** @param name the host whose servers are listed, of all projects */
  serversOn: (name: string) => `/servers?all=true&host=${encodeURIComponent(name)}`,
  quotas: '/quotas',
  quotasOfAll: '/quotas?all=true',
  /** @param projectId whose quota it is */
  quota: (projectId: string) => `/quotas/${encodeURIComponent(projectId)}`,
  operations: '/operations',
  operation: (id: string) => `/operations/${encodeURIComponent(id)}`,
  policy: '/policy',
  states: '/states',
  /** @param name the rule whose drawer is open */
  policyRule: (name: string) => `/policy?peek=${encodeURIComponent(name)}`,
  simulator: '/simulator',
  reference: '/reference',
  /** The same for programs. */
  openApi: '/openapi.json',
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
