/**
 * A token as the identity API shows it.
 */
import type { TokenView } from '~/server/services/identity/authenticate';
import { roleView } from '~/server/services/identity/roles';
import type { Ask } from '../route';
import { catalog } from './catalog';
import { instantText } from './views';

/** @returns the body of every answer that shows one; without the catalog when the query has `nocatalog` */
export function showToken({ origin, url }: Pick<Ask, 'origin' | 'url'>, view: TokenView) {
  const { user, methods, auditIds, issuedAt, expiresAt, applicationCredential, scope, project } = view;
  const scoped = scope !== 'unscoped';
  return {
    token: {
      methods,
      user: { ...user, password_expires_at: null },
      audit_ids: auditIds,
      expires_at: instantText(expiresAt),
      issued_at: instantText(issuedAt),
      ...showPlace(view),
      ...(scoped ? { roles: view.roles.map(roleView) } : {}),
      ...(scoped && !url.searchParams.has('nocatalog')
        ? { catalog: catalog(origin, project?.id ?? null) }
        : {}),
      ...(applicationCredential === null ? {} : { application_credential: applicationCredential }),
    },
  };
}

function showPlace({ scope, project }: TokenView) {
  switch (scope) {
    case 'project':
      return { project, is_domain: false };
    case 'domain':
      return { domain: { id: 'default', name: 'Default' } };
    case 'system':
      return { system: { all: true } };
    case 'unscoped':
      return {};
  }
}
