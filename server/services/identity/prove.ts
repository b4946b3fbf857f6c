/**
 * The ways to prove to be a user.
 */
import type { Runtime } from '../runtime';
import { actorOfToken } from './authenticate';
import { withinLoginLimit } from './login-limit';
import { checkPassword, type UserRef, verifySecret } from './password';

export type Proof =
  | { method: 'password'; user: UserRef; password: string }
  | { method: 'token'; token: string }
  | { method: 'application_credential'; credential: CredentialRef; secret: string };

/** By id, or by the name that its user gave it. */
export type CredentialRef = { id: string } | { name: string; user: UserRef };

export interface Proven {
  userId: string;
  methods: readonly string[];
  /** First audit id of the token that was shown; null when none was. */
  chain: string | null;
  /** What the new token is bound to; null when to nothing. */
  credential: { id: string; projectId: string } | null;
  /** When the proof itself ends: no token made from it lives longer. */
  until: Date | null;
}

/**
 * @param address of the client, for the limit
 * @returns null when it proves nothing
 * @throws RefusedError rate_limited after too many wrong secrets
 */
export function prove(runtime: Runtime, proof: Proof, address: string): Promise<Proven | null> {
  switch (proof.method) {
    case 'password':
      return byPassword(runtime, proof.user, proof.password, address);
    case 'token':
      return byToken(runtime, proof.token);
    case 'application_credential':
      return byCredential(runtime, proof.credential, proof.secret, address);
  }
}

async function byPassword(
  runtime: Runtime,
  user: UserRef,
  password: string,
  address: string,
): Promise<Proven | null> {
  const userId = await checkPassword(runtime, user, password, address);
  if (userId === null) return null;
  return { userId, methods: ['password'], chain: null, credential: null, until: null };
}

async function byToken(runtime: Runtime, token: string): Promise<Proven | null> {
  const found = await actorOfToken(runtime, token, null);
  if (found === null) return null;
  const { user, methods, auditIds, expiresAt, applicationCredential, project } = found.tokenView;
  return {
    userId: user.id,
    methods: [...new Set([...methods, 'token'])],
    chain: auditIds.at(-1) ?? null,
    credential:
      applicationCredential === null || project === null
        ? null
        : { id: applicationCredential.id, projectId: project.id },
    until: expiresAt,
  };
}

interface CredentialRow {
  id: string;
  user_id: string;
  project_id: string;
  secret_hash: string;
  expires_at: Date | null;
}

async function byCredential(
  runtime: Runtime,
  ref: CredentialRef,
  secret: string,
  address: string,
): Promise<Proven | null> {
  const { sql } = runtime.database;
  const [row] = await sql<CredentialRow[]>`
    select c.id, c.user_id, c.project_id, c.secret_hash, c.expires_at
    from application_credentials c join users u on u.id = c.user_id and u.enabled
    where (c.expires_at is null or c.expires_at > now()) and ${
      'id' in ref
        ? sql`c.id = ${ref.id}`
        : sql`c.name = ${ref.name} and ${
            'id' in ref.user
              ? sql`u.id = ${ref.user.id}`
              : sql`u.name = ${ref.user.name} and u.domain_id = ${ref.user.domainId}`
          }`
    }`;
  const who = `application credential ${row?.id ?? ('id' in ref ? ref.id : ref.name)}`;
  return withinLoginLimit(runtime, who, address, async () => {
    const matches = await verifySecret(row?.secret_hash ?? null, secret);
    if (!matches || row === undefined) return null;
    return {
      userId: row.user_id,
      methods: ['application_credential'],
      chain: null,
      credential: { id: row.id, projectId: row.project_id },
      until: row.expires_at,
    };
  });
}
