import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal';

const key = new Uint8Array(randomBytes(32));
const target = { target_portal: '10.0.0.7:3260', auth_password: 'open sesame', lun: 1 };

describe('sealing', () => {
  it('gives back what was sealed', async () => {
    expect(await unseal(key, await seal(key, target))).toEqual(target);
  });

  it('shows nothing of it and never the same text twice', async () => {
    const [first, second] = [await seal(key, target), await seal(key, target)];
    expect(first).not.toBe(second);
    expect(Buffer.from(first, 'base64url').toString()).not.toContain('sesame');
  });

  it('opens with no other key, and not when it was changed', async () => {
    const sealed = await seal(key, target);
    await expect(unseal(new Uint8Array(randomBytes(32)), sealed)).rejects.toThrow();
    await expect(unseal(key, `${sealed.slice(0, -2)}AA`)).rejects.toThrow();
  });
});
