/**
 * What bodies say about domains. There is one: it may be named, and nothing else.
 */
import { DEFAULT_DOMAIN } from '~/server/services/identity/domain';
import { notFound } from '~/server/services/refused';
import { FaultError } from '../fault';

/**
 * @param domainId of the body; none is the one there is
 * @param parentId of a project: its domain, as there are no projects within projects
 * @throws RefusedError not_found for another domain; FaultError 400 for a parent that is no domain
 */
export function inDefaultDomain(domainId: string | null | undefined, parentId?: string | null): void {
  if (domainId != null && domainId !== DEFAULT_DOMAIN.id) throw notFound('domain', domainId);
  if (parentId != null && parentId !== DEFAULT_DOMAIN.id) {
    throw new FaultError(400, `Projects are not nested here; parent_id can be ${DEFAULT_DOMAIN.id} only.`);
  }
}
