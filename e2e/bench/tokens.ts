/**
 * Tokens: their issue, which compares a password slowly on purpose, and what every request does with one.
 */
import { MEMBER } from './fill-numbers';
import { type Measured, measure } from './measure';
import { restOf, tokenOf } from './rest-client';
import { PASSWORD } from './server-process';

export async function measureTokens(base: string): Promise<Measured[]> {
  const rest = restOf(base, await tokenOf(base, MEMBER, PASSWORD));
  const measured: Measured[] = [];
  for (const concurrency of [1, 8, 32]) {
    const effort = { concurrency, rounds: 20 + 4 * concurrency };
    measured.push(await measure('POST auth/tokens', () => tokenOf(base, MEMBER, PASSWORD), effort));
  }
  // What others wait while many log in.
  const busy = Array.from({ length: 32 }, () => tokenOf(base, MEMBER, PASSWORD));
  const during = measure('GET auth/projects while 32 log in', () => rest.get('/identity/v3/auth/projects'));
  const [alongside] = await Promise.all([during, ...busy]);
  for (const concurrency of [1, 8, 32]) {
    const effort = { concurrency, rounds: 40 * concurrency };
    measured.push(await measure('GET auth/projects', () => rest.get('/identity/v3/auth/projects'), effort));
  }
  return [...measured, alongside];
}
