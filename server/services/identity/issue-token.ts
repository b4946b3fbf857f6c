/**
 * Issues a token to whoever proves to be a user, for a place where the user has a role. What is wrong is never said:
 * an unknown name, a wrong password and a missing role get the same answer after the same time.
 */
import { randomBytes } from 'node:crypto';
import type { TokenScope } from '~/server/domain/roles';
import { RefusedError } from '../refused';
import type { Runtime } from '../runtime';
import { hashToken, newToken } from '../tokens';
import { actorOfToken, type TokenView } from './authenticate';
import { type Proof, type Proven, prove } from './prove';

/** Life of a token, in seconds; upstream's default. */
const TOKEN_SECONDS = 3600;

/** Where a token shall be good; `default` leaves it to the user's default project, if any. */
export type ScopeWish =
  | { kind: 'project'; id: string }
  | { kind: 'project'; name: string; domainId: string }
  | { kind: 'domain'; domainId: string }
  | { kind: 'system' | 'unscoped' | 'default' };

/**
 * @param proofs at least one; all must be of one user
 * @param address of the client, for the limit of wrong passwords
 * @returns the token, and what it is good for
 * @throws RefusedError unauthenticated, rate_limited; forbidden where an application credential would leave its project
 */
export async function issueToken(
  runtime: Runtime,
  proofs: readonly Proof[],
  wish: ScopeWish,
  address: string,
): Promise<{ token: string; view: TokenView }> {
  const proven = await proveAll(runtime, proofs, address);
  const bound = boundWish(proven, wish);
  const places = bound.kind === 'default' ? await defaultPlaces(runtime, proven.userId) : [bound];
  for (const place of places) {
    const token = newToken();
    if (!(await insertToken(runtime, token, proven, place))) continue;
    const found = await actorOfToken(runtime, token, null);
    if (found !== null) return { token, view: found.tokenView };
    // No role there: nobody can use it, and nobody gets it.
    await runtime.database.sql`delete from api_tokens where token_hash = ${hashToken(token)}`;
  }
  throw wrong();
}

/** @returns the one answer to everything that is wrong about who asks, and for what */
function wrong(): RefusedError {
  return new RefusedError([
    {
      rule: 'token.wrong',
      code: 'unauthenticated',
      message: 'The credentials are wrong, or the user may not have a token for what was asked.',
    },
  ]);
}

async function proveAll(runtime: Runtime, proofs: readonly Proof[], address: string): Promise<Proven> {
  const proven: Proven[] = [];
  for (const proof of proofs) {
    const one = await prove(runtime, proof, address);
    if (one === null) throw wrong();
    proven.push(one);
  }
  const [first] = proven;
  if (first === undefined || proven.some(({ userId }) => userId !== first.userId)) throw wrong();
  // What binds one of them binds the token.
  return proven.reduce((all, each) => ({
    userId: all.userId,
    methods: [...new Set([...all.methods, ...each.methods])],
    chain: all.chain ?? each.chain,
    credential: all.credential ?? each.credential,
    until: earlier(all.until, each.until),
  }));
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** An application credential is of one project, and cannot be made to leave it. */
function boundWish({ credential }: Proven, wish: ScopeWish): ScopeWish {
  if (credential === null) return wish;
  const stays = wish.kind === 'default' || ('id' in wish && wish.id === credential.projectId);
  if (stays) return { kind: 'project', id: credential.projectId };
  throw new RefusedError([
    {
      rule: 'token.credential-bound',
      code: 'forbidden',
      message: 'An application credential is of one project; no other scope can be asked for with it.',
      remedy: { kind: 'advice', text: 'Leave the scope out.' },
    },
  ]);
}

/** The user's default project when the user may be there, or else nothing in particular. */
async function defaultPlaces({ database }: Runtime, userId: string): Promise<ScopeWish[]> {
  const [user] = await database.sql<{ id: string | null }[]>`
    select default_project_id as id from users where id = ${userId}`;
  const unscoped = { kind: 'unscoped' } as const;
  return user?.id == null ? [unscoped] : [{ kind: 'project', id: user.id }, unscoped];
}

/** @returns whether the user may have it there: whether a row was written */
async function insertToken(
  { database }: Runtime,
  token: string,
  { userId, methods, chain, credential, until }: Proven,
  wish: ScopeWish,
): Promise<boolean> {
  const { sql } = database;
  const scope: TokenScope = wish.kind === 'default' ? 'unscoped' : wish.kind;
  const project =
    wish.kind !== 'project'
      ? sql`null::text`
      : sql`(select p.id from projects p where p.enabled and ${
          'id' in wish
            ? sql`p.id = ${wish.id}`
            : sql`p.name = ${wish.name} and p.domain_id = ${wish.domainId}`
        })`;
  const domain = wish.kind === 'domain' ? wish.domainId : 'default';
  const auditIds = [randomBytes(16).toString('base64url'), ...(chain === null ? [] : [chain])];
  const inserted = await sql`
    insert into api_tokens
      (token_hash, user_id, scope, project_id, application_credential_id, methods, audit_ids, expires_at)
    select ${hashToken(token)}, ${userId}, ${scope}, place.project_id, ${credential?.id ?? null},
      ${[...methods]}::text[], ${auditIds}::text[],
      least(now() + make_interval(secs => ${TOKEN_SECONDS}), ${until}::timestamptz)
    from (select ${project} as project_id) place
    where (${scope} <> 'project' or place.project_id is not null) and ${domain} = 'default'`;
  return inserted.count > 0;
}
