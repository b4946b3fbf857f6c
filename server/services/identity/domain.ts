/**
 * Domains. There is one, as on most clouds; ids of others come from an imported cloud, without a name.
 */
import type { Context } from '../context';
import { authorize, notFound, RefusedError } from '../refused';

/** What every project and user made here belongs to. */
export const DEFAULT_DOMAIN = { id: 'default', name: 'Default' } as const;

export interface DomainRef {
  id: string;
  name: string;
}

/** @returns the domain with its name, which for an imported one is its id */
export function domainOf(id: string): DomainRef {
  return id === DEFAULT_DOMAIN.id ? DEFAULT_DOMAIN : { id, name: id };
}

/**
 * @param ref by id, or by name, whose case does not count: upstream's database does not tell them apart either
 * @returns the id it may have; nothing says that such a domain is there
 */
export function domainIdOf(ref: { id?: string | undefined; name?: string | undefined }): string {
  if (ref.id !== undefined) return ref.id;
  const name = ref.name ?? '';
  return name.toLowerCase() === DEFAULT_DOMAIN.name.toLowerCase() ? DEFAULT_DOMAIN.id : name;
}

/**
 * @param name keeps the one of this name; undefined keeps all
 * @throws RefusedError forbidden without the policy
 */
export async function listDomains(context: Context, name: string | undefined): Promise<DomainRef[]> {
  authorize(context, 'identity:list_domains');
  const { sql } = context.runtime.database;
  const rows = await sql<{ id: string }[]>`
    select domain_id as id from projects union select domain_id from users order by id`;
  const others = rows.filter(({ id }) => id !== DEFAULT_DOMAIN.id).map(({ id }) => domainOf(id));
  const all = [DEFAULT_DOMAIN, ...others];
  return name === undefined ? all : all.filter(({ id }) => id === domainIdOf({ name }));
}

/**
 * The caller's own domain is shown to everybody.
 * @param own ids of the domains the caller and its project are of
 * @throws RefusedError not_found, forbidden
 */
export async function getDomain(context: Context, id: string, own: readonly string[]): Promise<DomainRef> {
  if (own.includes(id)) return domainOf(id);
  const found = (await listDomains(context, undefined)).find((each) => each.id === id);
  if (found === undefined) throw notFound('domain', id);
  return found;
}

/** @throws RefusedError always: forbidden */
export function refuseDomainChange(context: Context): never {
  authorize(context, 'identity:create_domain');
  throw new RefusedError([
    {
      rule: 'domain.fixed',
      code: 'forbidden',
      message: 'This cloud has one domain; domains are neither made, changed nor deleted here.',
      remedy: {
        kind: 'advice',
        text: `Use the domain ${DEFAULT_DOMAIN.name}, and a project for each tenant.`,
      },
    },
  ]);
}
