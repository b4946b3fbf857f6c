/**
 * Tokens over the identity API: what their tests ask for.
 */
import { afterAll, beforeAll } from 'vitest';
import { makePerson, PASSWORD, type PersonRecord } from './people';
import { openRestCloud, type RestCloud, type Told } from './rest';

export const TOKENS = '/identity/v3/auth/tokens';

/** For one test file: a cloud with a person who administers a project. */
export function openAuth() {
  let cloud: RestCloud;
  let person: PersonRecord;

  beforeAll(async () => {
    cloud = await openRestCloud({ idle: true });
    person = await makePerson(cloud.runtime, ['admin']);
  });

  afterAll(() => cloud.close());

  /** Asks for a token; `address` keeps the wrong passwords of one test from another. */
  function auth(identity: unknown, scope?: unknown, query = '', address = '192.0.2.1'): Promise<Told> {
    const body = { auth: { identity, ...(scope === undefined ? {} : { scope }) } };
    return cloud.ask('nobody', 'POST', `${TOKENS}${query}`, body, {
      headers: { 'x-mooring-address': address },
    });
  }

  /** @returns the proof of the person */
  function password(given = PASSWORD) {
    const user = { name: person.name, domain: { name: 'Default' }, password: given };
    return { methods: ['password'], password: { user } };
  }

  /** @returns the scope of the person's project */
  const inProject = () => ({ project: { name: person.project.name, domain: { id: 'default' } } });

  return {
    get cloud() {
      return cloud;
    },
    get person() {
      return person;
    },
    auth,
    password,
    inProject,
  };
}
