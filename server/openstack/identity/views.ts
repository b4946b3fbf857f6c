/**
 * What the identity API shows, in Keystone's shapes.
 * Source: the schemas of keystone/api and api-ref/source/v3
 */

import type { CredentialView } from '~/server/services/identity/application-credentials';
import type { Assignment } from '~/server/services/identity/assignments';
import type { DomainRef } from '~/server/services/identity/domain';
import type { ProjectView } from '~/server/services/identity/projects';
import { type RoleView, roleView } from '~/server/services/identity/roles';
import type { UserView } from '~/server/services/identity/users';
import type { Ask } from '../route';

type Place = Pick<Ask, 'origin'>;

/** @returns the address of something below the API's root */
export function href({ origin }: Place, path: string): string {
  return `${origin}/identity/v3${path}`;
}

/** @returns a list with the links every one has; there is always one page */
export function collection(ask: Pick<Ask, 'origin' | 'path'>, name: string, items: readonly unknown[]) {
  return { [name]: items, links: { next: null, self: href(ask, ask.path), previous: null } };
}

/** @returns an instant as Keystone writes it, to the microsecond */
export function instantText(instant: Date): string {
  return instant.toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

export function showProject(ask: Place, { id, name, description, domainId, enabled }: ProjectView) {
  return {
    id,
    name,
    domain_id: domainId,
    description,
    enabled,
    parent_id: domainId,
    is_domain: false,
    tags: [],
    options: {},
    links: { self: href(ask, `/projects/${id}`) },
  };
}

export function showUser(ask: Place, user: UserView) {
  const { id, name, domainId, enabled, email, description, defaultProjectId } = user;
  return {
    id,
    name,
    domain_id: domainId,
    enabled,
    ...(email === null ? {} : { email }),
    ...(description === null ? {} : { description }),
    ...(defaultProjectId === null ? {} : { default_project_id: defaultProjectId }),
    password_expires_at: null,
    options: {},
    links: { self: href(ask, `/users/${id}`) },
  };
}

export function showRole(ask: Place, { id, name }: RoleView) {
  return {
    id,
    name,
    domain_id: null,
    description: null,
    options: { immutable: true },
    links: { self: href(ask, `/roles/${id}`) },
  };
}

export function showDomain(ask: Place, { id, name }: DomainRef) {
  return {
    id,
    name,
    description: '',
    enabled: true,
    tags: [],
    options: {},
    links: { self: href(ask, `/domains/${id}`) },
  };
}

/** @param secret shown once, where it was made */
export function showCredential(ask: Place, credential: CredentialView, secret?: string) {
  const { id, userId, projectId, name, description, roles, unrestricted, expiresAt } = credential;
  return {
    id,
    name,
    description,
    project_id: projectId,
    user_id: userId,
    roles: roles.map((role) => ({ ...roleView(role), domain_id: null })),
    expires_at: expiresAt,
    unrestricted,
    system: null,
    ...(secret === undefined ? {} : { secret }),
    links: { self: href(ask, `/users/${userId}/application_credentials/${id}`) },
  };
}

/** @param names whether names and domains are shown beside the ids */
export function showAssignment(ask: Place, { role, user, scope }: Assignment, names: boolean) {
  const place = placeOf(scope);
  return {
    links: { assignment: href(ask, `${place}/users/${user.id}/roles/${role.id}`) },
    scope: showScope(scope, names),
    user: names ? user : { id: user.id },
    role: names ? role : { id: role.id },
  };
}

function placeOf(scope: Assignment['scope']): string {
  if (scope.kind === 'project') return `/projects/${scope.id}`;
  return scope.kind === 'system' ? '/system' : '/domains/default';
}

function showScope(scope: Assignment['scope'], names: boolean) {
  if (scope.kind === 'system') return { system: { all: true } };
  if (scope.kind === 'domain') return { domain: { id: 'default', ...(names ? { name: 'Default' } : {}) } };
  const { id, name, domain } = scope;
  return { project: names ? { id, name, domain } : { id } };
}
