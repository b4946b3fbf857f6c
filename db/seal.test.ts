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

  it('opens with no other key', async () => {
    const sealed = await seal(key, target);
    await expect(unseal(new Uint8Array(randomBytes(32)), sealed)).rejects.toThrow();
  });

  it.each([
    ['nonce', 2],
    ['text', 3],
    ['tag', 4],
  ])('does not open when one bit of its %s was changed', async (_name, part) => {
    const sealed = await seal(key, target);
    await expect(unseal(key, withOneBitChanged(sealed, part))).rejects.toThrow();
  });
});

/** A bit, not a letter: the last letter of base64 says fewer bits than it has, so two letters can mean the same. */
function withOneBitChanged(sealed: string, part: number): string {
  const parts = sealed.split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  parts[part] = bytes.toString('base64url');
  return parts.join('.');
}
