/**
 * Tokens: getting, seeing and ending them, and what one could be for.
 * Source: keystone/api/auth.py
 */

import { administersCloud } from '~/server/services/identity/assignments';
import { DEFAULT_DOMAIN } from '~/server/services/identity/domain';
import { issueToken } from '~/server/services/identity/issue-token';
import { listProjects } from '~/server/services/identity/projects';
import { revokeToken, validateToken } from '~/server/services/identity/token';
import { FaultError } from '../fault';
import { type Answer, type Ask, answer, empty, route } from '../route';
import { authBody, proofsOf, wishOf } from './auth-body';
import { catalog } from './catalog';
import { showToken } from './token-view';
import { collection, href, showDomain, showProject } from './views';

const issue = route({
  method: 'POST',
  path: '/auth/tokens',
  open: true,
  summary: 'Get a token',
  status: 201,
  body: { 0: authBody },
  handle: async (call) => {
    const proofs = proofsOf(call.body);
    if (proofs === null)
      throw new FaultError(401, 'The methods are password, token and application_credential.');
    const { token, view } = await issueToken(call.runtime, proofs, wishOf(call.body), call.address);
    return answer(showToken(call, view), 201, { 'x-subject-token': token });
  },
});

/** The token that is asked about, which is not the one that asks. */
function subject({ headers }: Ask): string {
  const token = headers.get('x-subject-token');
  if (token === null || token === '') throw new FaultError(400, 'The header X-Subject-Token is missing.');
  return token;
}

const show = route({
  method: 'GET',
  path: '/auth/tokens',
  summary: 'See what a token is good for',
  status: 200,
  handle: async (call) => {
    const token = subject(call);
    return answer(showToken(call, await validateToken(call.context, token)), 200, {
      'x-subject-token': token,
    });
  },
});

const check = route({
  method: 'HEAD',
  path: '/auth/tokens',
  summary: 'Check a token',
  handle: async (call): Promise<Answer> => {
    const token = subject(call);
    await validateToken(call.context, token);
    return { status: 200, headers: { 'x-subject-token': token } };
  },
});

const revoke = route({
  method: 'DELETE',
  path: '/auth/tokens',
  summary: 'Revoke a token',
  status: 204,
  handle: async (call) => {
    await revokeToken(call.context, subject(call));
    return empty(204);
  },
});

const projects = route({
  method: 'GET',
  path: '/auth/projects',
  summary: 'List the projects a token could be for',
  status: 200,
  handle: async (call) => {
    const own = await listProjects(call.context, { enabled: true }, call.context.actor.userId);
    return answer(
      collection(
        call,
        'projects',
        own.map((each) => showProject(call, each)),
      ),
    );
  },
});

const domains = route({
  method: 'GET',
  path: '/auth/domains',
  summary: 'List the domains a token could be for',
  status: 200,
  handle: async (call) => {
    const own = (await administersCloud(call.context)) ? [showDomain(call, DEFAULT_DOMAIN)] : [];
    return answer(collection(call, 'domains', own));
  },
});

const system = route({
  method: 'GET',
  path: '/auth/system',
  summary: 'See whether a token could be for the whole cloud',
  status: 200,
  handle: async (call) => {
    const all = (await administersCloud(call.context)) ? [{ all: true }] : [];
    return answer({ system: all, links: { self: href(call, call.path) } });
  },
});

const catalogOfToken = route({
  method: 'GET',
  path: '/auth/catalog',
  summary: 'See where the services are',
  status: 200,
  handle: (call) => {
    const { scope, project } = call.caller.tokenView;
    if (scope === 'unscoped') throw new FaultError(403, 'An unscoped token has no catalog.');
    return answer({
      catalog: catalog(call.origin, project?.id ?? null),
      links: { self: href(call, call.path) },
    });
  },
});

export const AUTH_ROUTES = [issue, show, check, revoke, projects, domains, system, catalogOfToken];
