/**
 * The OpenStack APIs on a running cloud, for tests: requests of several people through the real pipeline, no port.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { makeProject, type ProjectRecord } from '~/db/factories';
import { apiTokens, projects, roleAssignments, users } from '~/db/schema/identity';
import type { Role } from '~/server/domain/roles';
import { openstackServices, SERVICES } from '~/server/openstack/handler';
import { routeTable } from '~/server/openstack/route-table';
import type { Runtime } from '~/server/services/runtime';
import { hashToken, newToken } from '~/server/services/tokens';
import { openRunningCloud, type RunningCloud } from './running-cloud';
import { makeShared, type Shared } from './whole-cloud';

/** `alt` is a member of another project, `nobody` has no token, and that of `expired` is over. */
export type Person = 'admin' | 'member' | 'reader' | 'alt' | 'nobody' | 'expired';

/** A token that comes along to say that a service asks: a good one, a made up one, or a user's. */
export type ServiceToken = 'good' | 'forged' | 'roleless';

export interface Asking {
  /** e.g. `2.89` or `latest`; sent in the standard header, for the service that is asked. */
  microversion?: string;
  serviceToken?: ServiceToken;
  headers?: Readonly<Record<string, string>>;
}

export interface Told {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, a text when it is not, null when there is none. */
  body: unknown;
  /** @returns the text or number at a place in the body, as text: `textAt('server', 'id')`; throws when there is none */
  textAt(...place: (string | number)[]): string;
}

/** @returns the status, and the name of the fault that the body tells */
export const fault = ({ status, body }: Pick<Told, 'status' | 'body'>) => [
  status,
  Object.keys(body as object)[0],
];

/** Who asked, or with which bad service token a member did, and the status of the answer. */
export type Matrix = Record<Person | Exclude<ServiceToken, 'good'>, number>;

export interface RestCloud extends RunningCloud {
  /** Of admin, member and reader. */
  project: ProjectRecord;
  /** Of alt. */
  altProject: ProjectRecord;
  /** Types, an image and flavors that every project may use. */
  shared: Shared;
  /**
   * @param path from the prefix of the service on, e.g. `/compute/v2.1/servers?limit=1`
   * @param body sent as JSON; a text is sent as it stands
   */
  ask(person: Person, method: string, path: string, body?: unknown, asking?: Asking): Promise<Told>;
  /** Sends the same request for everybody in turn, those that may do least first. */
  askAll(method: string, path: string, body?: unknown, asking?: Asking): Promise<Matrix>;
}

const HOUR_MS = 3_600_000;

/** The cloud of {@link openRunningCloud}, with people who have tokens. */
export async function openRestCloud(options: { idle?: boolean } = {}): Promise<RestCloud> {
  const cloud = await openRunningCloud(options);
  const { runtime, projectId } = cloud;
  const project = await projectOf(runtime, projectId);
  const altProject = await makeProject(runtime.database);
  const shared = await makeShared(runtime);
  const tokens: Record<Exclude<Person, 'nobody'>, string> = {
    admin: await tokenFor(runtime, projectId, 'admin'),
    member: await tokenFor(runtime, projectId, 'member'),
    reader: await tokenFor(runtime, projectId, 'reader'),
    alt: await tokenFor(runtime, altProject.id, 'member'),
    expired: await tokenFor(runtime, projectId, 'member', -HOUR_MS),
  };
  const serviceTokens: Record<ServiceToken, string> = {
    good: await tokenFor(runtime, projectId, 'service'),
    forged: newToken(),
    roleless: tokens.admin,
  };
  const services = openstackServices(runtime);
  const ask: RestCloud['ask'] = async (person, method, path, body, asking = {}) => {
    const service = services.find(({ prefix }) => prefix === `/${path.split(/[/?]/)[1]}`);
    if (service === undefined) throw new Error(`no service answers ${path}`);
    const headers = new Headers({ 'x-openstack-request-id': `req-${randomUUID()}` });
    if (person !== 'nobody') headers.set('x-auth-token', tokens[person]);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (asking.microversion !== undefined) {
      headers.set('openstack-api-version', `${service.prefix.slice(1)} ${asking.microversion}`);
    }
    if (asking.serviceToken !== undefined) headers.set('x-service-token', serviceTokens[asking.serviceToken]);
    for (const [name, value] of Object.entries(asking.headers ?? {})) headers.set(name, value);
    const request = new Request(`http://mooring.test${path}`, { method, headers, ...bodyOf(body) });
    const told = await toldBy(await service.handle(request));
    assertPromised(method, path, told.status);
    return told;
  };
  return {
    ...cloud,
    project,
    altProject,
    shared,
    ask,
    askAll: async (method, path, body, asking) => {
      const status = async (person: Person, serviceToken?: ServiceToken) => {
        const extra = serviceToken === undefined ? {} : { serviceToken };
        return (await ask(person, method, path, body, { ...asking, ...extra })).status;
      };
      return {
        nobody: await status('nobody'),
        expired: await status('expired'),
        forged: await status('member', 'forged'),
        roleless: await status('member', 'roleless'),
        alt: await status('alt'),
        reader: await status('reader'),
        member: await status('member'),
        admin: await status('admin'),
      };
    },
  };
}

const TABLES = SERVICES.map(({ routes, ...service }) => ({ ...service, find: routeTable(routes) }));

/** The reference tells with which status a route succeeds: no test may see another one. */
function assertPromised(method: string, path: string, status: number): void {
  if (status < 200 || status >= 300) return;
  const [address = ''] = path.split('?');
  for (const { prefix, roots, projectInPath, find } of TABLES) {
    const root = roots.find((each) => address.startsWith(`${prefix}${each}/`));
    if (root === undefined) continue;
    const below = address.slice(prefix.length + root.length);
    const bare = projectInPath ? below.replace(/^\/[0-9a-f-]+(?=\/)/, '') : below;
    const promised = find(method, bare)?.routes.map((route) => route.status) ?? [undefined];
    if (promised.includes(undefined) || promised.some((each) => each === status)) continue;
    throw new Error(`${method} ${path} succeeds with ${status}, and promises ${promised.join(', ')}`);
  }
}

/** @returns a token of a new user with this role, good for an hour */
export async function tokenFor(
  { database: { orm } }: Runtime,
  projectId: string,
  role: Role,
  expiresInMs = HOUR_MS,
): Promise<string> {
  const userId = randomBytes(16).toString('hex');
  const token = newToken();
  const now = Date.now();
  await orm.insert(users).values({ id: userId, name: `${role}-${userId}` });
  await orm.insert(roleAssignments).values({ userId, projectId, role });
  await orm.insert(apiTokens).values({
    tokenHash: hashToken(token),
    userId,
    scope: 'project',
    projectId,
    methods: ['password'],
    auditIds: [newToken()],
    issuedAt: new Date(Math.min(now, now + expiresInMs) - HOUR_MS),
    expiresAt: new Date(now + expiresInMs),
  });
  return token;
}

async function projectOf({ database }: Runtime, id: string): Promise<ProjectRecord> {
  const [project] = await database.orm.select().from(projects).where(eq(projects.id, id));
  if (project === undefined) throw new Error('the cloud has a project');
  return project;
}

function bodyOf(body: unknown): { body?: string } {
  if (body === undefined) return {};
  return { body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function toldBy(response: Response): Promise<Told> {
  const text = await response.text();
  const body = parsed(text);
  return {
    status: response.status,
    headers: response.headers,
    body,
    textAt: (...place) => {
      const found = place.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], body);
      if (typeof found === 'string' || typeof found === 'number') return String(found);
      throw new Error(`there is no text at ${place.join('.')} of ${text.slice(0, 500)}`);
    },
  };
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
