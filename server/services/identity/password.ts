/**
 * Passwords and other secrets that people may have chosen. Slow to compare on purpose.
 */
import { hash, verify } from '@node-rs/argon2';
import type { Runtime } from '../runtime';
import { withinLoginLimit } from './login-limit';

/** Compared with where nobody has the name, so that the answer takes as long as for a known one. */
const NOBODY = hash('nobody has this password');

/** @returns the argon2id hash to keep */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret);
}

/** @returns whether the secret belongs to the hash; false, as slowly, where there is no hash */
export async function verifySecret(secretHash: string | null, secret: string): Promise<boolean> {
  const matches = await verify(secretHash ?? (await NOBODY), secret);
  return matches && secretHash !== null;
}

/** By id, or by name in a domain; without a domain, of any, as names are unique here. */
export type UserRef = { id: string } | { name: string; domainId: string | null };

/**
 * @param address of the client, for the limit
 * @returns the user's id; null when user or password is wrong, or the user is disabled: nobody learns which
 * @throws RefusedError rate_limited after too many wrong ones
 */
export async function checkPassword(
  runtime: Runtime,
  ref: UserRef,
  password: string,
  address: string,
): Promise<string | null> {
  const { sql } = runtime.database;
  const [user] = await sql<{ id: string; name: string; password_hash: string | null }[]>`
    select id, name, password_hash from users
    where enabled and ${
      'id' in ref
        ? sql`id = ${ref.id}`
        : sql`name = ${ref.name} and (${ref.domainId}::text is null or domain_id = ${ref.domainId})`
    }`;
  const who = user?.name ?? ('id' in ref ? ref.id : ref.name);
  return withinLoginLimit(runtime, who, address, async () =>
    (await verifySecret(user?.password_hash ?? null, password)) && user !== undefined ? user.id : null,
  );
}
