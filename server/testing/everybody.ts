/**
 * The same call by everybody in turn, each on something new: with no token, of another project, with each role, and with each
 * kind of service token.
 */
import type { Person, ServiceToken } from './rest';

/** Who asks; a member, where only the service token is named. */
const ASKING = {
  nobody: { person: 'nobody' },
  expired: { person: 'expired' },
  forged: { person: 'member', serviceToken: 'forged' },
  roleless: { person: 'member', serviceToken: 'roleless' },
  alt: { person: 'alt' },
  reader: { person: 'reader' },
  member: { person: 'member' },
  admin: { person: 'admin' },
  service: { person: 'member', serviceToken: 'good' },
} as const satisfies Record<string, { person: Person; serviceToken?: ServiceToken }>;
export type Asker = keyof typeof ASKING;

/** What everybody without a good token is told, and whoever is of another project. */
const STRANGERS = { nobody: 401, expired: 401, forged: 401, roleless: 401, alt: 404 };
export const forMembers = (code: number) => ({
  ...STRANGERS,
  reader: 403,
  member: code,
  admin: code,
  service: code,
});
export const forReaders = (code: number) => ({ ...forMembers(code), reader: code });
export const forAdmins = (code: number) => ({
  ...STRANGERS,
  reader: 403,
  member: 403,
  admin: code,
  service: 403,
});

/** @returns the status for each of them */
export async function asEverybody(
  ask: (asker: (typeof ASKING)[Asker]) => Promise<{ status: number }>,
): Promise<Record<Asker, number>> {
  const told: [string, number][] = [];
  for (const [name, asker] of Object.entries(ASKING)) told.push([name, (await ask(asker)).status]);
  return Object.fromEntries(told) as Record<Asker, number>;
}
