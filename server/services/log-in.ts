/**
 * Log in with name and password. Slow on purpose, and slower still for whoever keeps guessing.
 */
import { hash, verify } from '@node-rs/argon2';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimits } from '~/db/schema/identity';
import { RefusedError } from './refused';
import type { Runtime } from './runtime';
import { openSession } from './sessions';

/** Failures in {@link WINDOW_SECONDS} after which a name, or an address, has to wait. */
const FAILURES = { name: 5, address: 50 } as const;
const WINDOW_SECONDS = 300;

/** Verified when the name is unknown, so that the answer takes as long as for a known one. */
const NOBODY = hash('nobody has this password');

/**
 * @param credentials as typed
 * @param address of the client, for the limit
 * @returns the token of a new session, in the user's own project or the first one by name
 * @throws RefusedError unauthenticated for a wrong pair (never saying which half), rate_limited after too many
 */
export async function logIn(
  runtime: Runtime,
  credentials: { name: string; password: string },
  address: string,
): Promise<string> {
  const limits = limiters(runtime);
  await refuseWhileLimited(limits, credentials.name, address);
  const [user] = await runtime.database.sql<
    { id: string; password_hash: string | null; project_id: string | null }[]
  >`
    select u.id, u.password_hash, (
      select p.id from role_assignments r join projects p on p.id = r.project_id and p.enabled
      where r.user_id = u.id and r.role <> 'service' order by p.name = u.name desc, r.role, p.name limit 1
    ) as project_id
    from users u where u.name = ${credentials.name} and u.enabled`;
  const matches = await verify(user?.password_hash ?? (await NOBODY), credentials.password);
  if (user === undefined || user.password_hash === null || !matches) {
    await Promise.all([limits.name.consume(credentials.name), limits.address.consume(address)]).catch(
      ignoreLimit,
    );
    throw refused('unauthenticated', 'login.wrong', 'Name or password is wrong.');
  }
  if (user.project_id === null) {
    throw refused('forbidden', 'login.no-project', `${credentials.name} has no role in any project.`);
  }
  await limits.name.delete(credentials.name);
  return openSession(runtime, user.id, user.project_id);
}

function limiters({ database }: Runtime) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterDrizzle({
      storeClient: database.orm,
      schema: rateLimits,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout: false,
    });
  return { name: limiter('login-name', FAILURES.name), address: limiter('login-address', FAILURES.address) };
}

async function refuseWhileLimited(
  limits: ReturnType<typeof limiters>,
  name: string,
  address: string,
): Promise<void> {
  const [byName, byAddress] = await Promise.all([limits.name.get(name), limits.address.get(address)]);
  const waits = [
    byName !== null && byName.consumedPoints >= FAILURES.name ? byName.msBeforeNext : 0,
    byAddress !== null && byAddress.consumedPoints >= FAILURES.address ? byAddress.msBeforeNext : 0,
  ];
  const seconds = Math.ceil(Math.max(...waits) / 1000);
  if (seconds > 0) {
    throw refused('rate_limited', 'login.too-many', `Too many wrong passwords; try again in ${seconds} s.`);
  }
}

/** The limiter rejects with its state when the limit is reached: that is what it was asked to count to. */
function ignoreLimit(reason: unknown): void {
  if (!(reason instanceof RateLimiterRes)) throw reason;
}

function refused(
  code: 'unauthenticated' | 'forbidden' | 'rate_limited',
  rule: string,
  message: string,
): RefusedError {
  return new RefusedError([{ rule, code, message }]);
}
