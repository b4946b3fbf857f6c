/**
 * Guessing is slowed down, and nobody who knows the password is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { withinLoginLimit } from './login-limit';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await openTestCloud();
});
afterAll(() => cloud.close());

const attempt = (who: string, address: string, right: boolean) =>
  withinLoginLimit(cloud.runtime, who, address, async () => (right ? 'in' : null));

async function wrongTimes(times: number, who: (n: number) => string, address: (n: number) => string) {
  for (let n = 0; n < times; n += 1) await attempt(who(n), address(n), false).catch(() => undefined);
}

describe('wrong passwords', () => {
  it('make a name wait at one address, but not at another', async () => {
    await wrongTimes(
      10,
      () => 'ann',
      () => '192.0.2.1',
    );
    await expect(attempt('ann', '192.0.2.1', true)).rejects.toThrow(
      /^Too many wrong passwords; try again in \d+ s\.$/,
    );
    expect(await attempt('ann', '192.0.2.2', true)).toBe('in');
    expect(await attempt('bob', '192.0.2.1', true)).toBe('in');
  });

  it('are forgotten with a right one', async () => {
    await wrongTimes(
      9,
      () => 'cid',
      () => '192.0.2.3',
    );
    expect(await attempt('cid', '192.0.2.3', true)).toBe('in');
    await wrongTimes(
      9,
      () => 'cid',
      () => '192.0.2.3',
    );
    expect(await attempt('cid', '192.0.2.3', true)).toBe('in');
  });

  it('for many names make an address wait, except who got in from there before', async () => {
    const address = '192.0.2.4';
    expect(await attempt('dan', address, true)).toBe('in');
    await wrongTimes(
      50,
      (n) => `guess-${n}`,
      () => address,
    );
    await expect(attempt('eve', address, true)).rejects.toThrow('Too many wrong passwords');
    expect(await attempt('dan', address, true)).toBe('in');
  });

  it('from many addresses make a name wait, except where it got in before', async () => {
    expect(await attempt('fay', '192.0.2.5', true)).toBe('in');
    await wrongTimes(
      50,
      () => 'fay',
      (n) => `198.51.100.${n}`,
    );
    await expect(attempt('fay', '203.0.113.1', true)).rejects.toThrow('Too many wrong passwords');
    expect(await attempt('fay', '192.0.2.5', true)).toBe('in');
  });

  it('sent all at once do not let a right one in behind them', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const right = withinLoginLimit(cloud.runtime, 'gus', '192.0.2.6', async () => {
      await held;
      return 'in';
    });
    await wrongTimes(
      10,
      () => 'gus',
      () => '192.0.2.6',
    );
    release();
    await expect(right).rejects.toThrow('Too many wrong passwords');
  });
});

it('never makes right ones wait, however many come at once', async () => {
  const all = await Promise.all(Array.from({ length: 40 }, () => attempt('hal', '192.0.2.7', true)));
  expect(all).toEqual(all.map(() => 'in'));
});
