/**
 * Slower and slower for whoever guesses passwords, and not at all for whoever knows them. Wrong ones are counted for
 * the pair of name and address, where few are enough to have to wait; and, so that neither many addresses nor many
 * names help, more generously for each name and each address. Pairs that got in before are spared the latter two: one
 * program with an old password shuts out nobody else behind the same proxy, and nobody shuts out others by guessing.
 */
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimits } from '~/db/schema/identity';
import { RefusedError } from '../refused';
import type { Runtime } from '../runtime';

/** Wrong passwords in {@link WINDOW_SECONDS} after which one has to wait. */
const FAILURES = { pair: 10, name: 50, address: 50 } as const;
const WINDOW_SECONDS = 300;
/** How long a pair is remembered as known: 30 days. */
const KNOWN_SECONDS = 30 * 24 * 60 * 60;

/**
 * @param who whose secret is asked for, in one spelling, whether it exists or not
 * @param address of the client
 * @param verify compares the secret; null when it is wrong
 * @returns what `verify` says
 * @throws RefusedError rate_limited after too many wrong ones
 */
export async function withinLoginLimit<Found>(
  runtime: Runtime,
  who: string,
  address: string,
  verify: () => Promise<Found | null>,
): Promise<Found | null> {
  const limits = limiters(runtime);
  const pair = JSON.stringify([who, address]);
  const [byPair, byName, byAddress, known] = await Promise.all([
    limits.pair.get(pair),
    limits.name.get(who),
    limits.address.get(address),
    limits.known.get(pair),
  ]);
  refuseAfter(byPair, FAILURES.pair);
  if (known === null) {
    refuseAfter(byName, FAILURES.name);
    refuseAfter(byAddress, FAILURES.address);
  }
  const found = await verify();
  if (found === null) {
    await Promise.all([
      limits.pair.consume(pair).catch(ignoreLimit),
      limits.name.consume(who).catch(ignoreLimit),
      limits.address.consume(address).catch(ignoreLimit),
    ]);
    return null;
  }
  // Many guesses sent at once all began below the limit: a right one among them comes too late.
  const since = await limits.pair.get(pair);
  refuseAfter(since, FAILURES.pair);
  if (since !== null) await limits.pair.delete(pair);
  if (known === null) await limits.known.set(pair, 1, KNOWN_SECONDS);
  return found;
}

function limiters({ database }: Runtime) {
  const limiter = (keyPrefix: string, points: number, duration = WINDOW_SECONDS) =>
    new RateLimiterDrizzle({
      storeClient: database.orm,
      schema: rateLimits,
      keyPrefix,
      points,
      duration,
      clearExpiredByTimeout: false,
    });
  return {
    pair: limiter('login-pair', FAILURES.pair),
    name: limiter('login-name', FAILURES.name),
    address: limiter('login-address', FAILURES.address),
    known: limiter('login-known', 1, KNOWN_SECONDS),
  };
}

function refuseAfter(state: RateLimiterRes | null, failures: number): void {
  if (state === null || state.consumedPoints < failures) return;
  const seconds = Math.ceil(state.msBeforeNext / 1000);
  if (seconds <= 0) return;
  throw new RefusedError([
    {
      rule: 'login.too-many',
      code: 'rate_limited',
      message: `Too many wrong passwords; try again in ${seconds} s.`,
    },
  ]);
}

/** The limiter rejects with its state when the limit is reached: that is what it was asked to count to. */
function ignoreLimit(reason: unknown): void {
  if (!(reason instanceof RateLimiterRes)) throw reason;
}
