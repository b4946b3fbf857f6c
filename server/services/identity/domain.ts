/**
 * Domains. There is one, as on most clouds; ids of others come from an imported cloud, without a name.
 */

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
