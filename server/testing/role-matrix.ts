/**
 * Who gets which answer: one request, sent as everybody in turn.
 */
import type { Route } from '~/server/openstack/route';
import type { Person, RestCloud, ServiceToken } from './rest';

/** Those with a good token; `service` is a member for whom a service asks. */
export type Known = 'alt' | 'reader' | 'member' | 'admin' | 'service';
export type Statuses = Record<Known, number>;

const ASKING = {
  alt: { person: 'alt' },
  reader: { person: 'reader' },
  member: { person: 'member' },
  admin: { person: 'admin' },
  service: { person: 'member', serviceToken: 'good' },
} as const satisfies Record<Known, { person: Person; serviceToken?: ServiceToken }>;

/** The same to all, as with lists of what is one's own. */
export const everybody = (code: number): Statuses => ({
  alt: code,
  reader: code,
  member: code,
  admin: code,
  service: code,
});
/** What is in no project of theirs is not there. */
export const readers = (code: number): Statuses => ({ ...everybody(code), alt: 404 });
export const members = (code: number): Statuses => ({ ...readers(code), reader: 403 });
export const admins = (code: number): Statuses => ({ ...members(code), member: 403, service: 403 });
/** What is of no project, so that nobody need be told that it is not there. */
export const administration = (code: number): Statuses => ({ ...admins(code), alt: 403 });
/** What is made, in one's own project. */
export const makers = (code: number): Statuses => ({ ...everybody(code), reader: 403 });

/** Makes one thing, or several that belong together, for a request of its own. */
export type Things = Readonly<Record<string, () => Promise<string | Readonly<Record<string, string>>>>>;

/** What is asked: method and path, the body, in which minor version. `<server>` stands for a thing of that name. */
export interface Row {
  request: string;
  body?: unknown;
  minor?: number;
  expected: Statuses;
}

/**
 * @param usual minor version in which most of them are asked
 * @returns what writes down a row
 */
export function rowsAt(usual: number) {
  return (request: string, expected: Statuses, body?: unknown, minor = usual): Row => ({
    request,
    expected,
    body,
    minor,
  });
}

/** @returns what everybody is told; whoever may change something finds it as it was made */
export async function askKnown(
  { ask }: RestCloud,
  { request, body, minor }: Row,
  { root, major, things }: { root: string; major: number | null; things: Things },
): Promise<Statuses> {
  const told: [string, number][] = [];
  for (const [name, { person, ...asker }] of Object.entries(ASKING)) {
    const whole = JSON.stringify({ request, body });
    const filled = JSON.parse(await filledIn(whole, things)) as { request: string; body?: unknown };
    const [method = '', path = ''] = filled.request.split(' ');
    const version = major === null || minor === undefined ? {} : { microversion: `${major}.${minor}` };
    told.push([name, (await ask(person, method, root + path, filled.body, { ...version, ...asker })).status]);
  }
  return Object.fromEntries(told) as Statuses;
}

/** Several names of one thing are of the same one: `<held.server>` has `<held.volume>`. */
async function filledIn(text: string, things: Things): Promise<string> {
  const made = new Map<string, string | Readonly<Record<string, string>>>();
  let filled = text;
  for (const [whole, name = '', part] of text.matchAll(/<(\w+)(?:\.(\w+))?>/g)) {
    const make = things[name];
    if (make === undefined) throw new Error(`nobody makes ${whole}`);
    const thing = made.get(name) ?? (await make());
    made.set(name, thing);
    const id = typeof thing === 'string' ? thing : thing[part ?? ''];
    if (id === undefined) throw new Error(`${name} has no ${part}`);
    filled = filled.replaceAll(whole, id);
  }
  return filled;
}

/** @returns the routes that no row asks for */
export function leftOut(routes: readonly Route[], rows: readonly Row[]): string[] {
  const asked = (route: Route) =>
    rows.some(({ request, body, minor }) => {
      const [method, path = ''] = request.split(/[ ?]/);
      const pattern = new RegExp(`^${route.path.replace(/:[^/]+/g, '[^/]+')}$`);
      const action = typeof body === 'object' && body !== null ? Object.keys(body)[0] : undefined;
      return (
        method === route.method &&
        pattern.test(path) &&
        (route.action === undefined || route.action === action) &&
        (minor === undefined || ((route.since ?? 0) <= minor && minor <= (route.until ?? minor)))
      );
    });
  return routes
    .filter((route) => !asked(route))
    .map(({ method, path, action, since }) =>
      [method, path, action, since].filter((each) => each !== undefined).join(' '),
    );
}
