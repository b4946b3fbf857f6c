/**
 * libpq's way to name a Unix socket in a URL is a percent-encoded folder in place of the host. `pg` understands it,
 * `postgres` does not decode it, so that whoever opens `postgres` spreads {@link socketOptions} over its options.
 */

/** The port only names the socket file; nothing listens on TCP. */
export const socketPort = 5432;

/**
 * @param folder absolute path of the folder that holds the socket
 * @param user Postgres role
 * @param database name of the database
 * @returns a URL that `pg`, libpq tools and (with {@link socketOptions}) `postgres` accept
 */
export function socketUrl(folder: string, user: string, database: string): string {
  return `postgres://${user}@${encodeURIComponent(folder)}:${socketPort}/${database}`;
}

/**
 * @param url any Postgres URL
 * @returns for a socket URL the option `path` that `postgres` needs; nothing for a URL with a host name
 */
export function socketOptions(url: string): { path?: string } {
  const { hostname, port } = new URL(url);
  const folder = decodeURIComponent(hostname);
  return folder.startsWith('/') ? { path: `${folder}/.s.PGSQL.${port || socketPort}` } : {};
}
