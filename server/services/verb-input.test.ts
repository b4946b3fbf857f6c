/**
 * What a verb is asked with is checked by its fields, and secrets in it are sealed.
 */

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { VERBS } from '~/server/domain/verbs';
import { openConnector } from './connection-schema';
import { RefusedError } from './refused';
import { parseInput, parsePartialInput, sealInput } from './verb-input';

const key = new Uint8Array(randomBytes(32));
const extend = VERBS['volume.extend'];
const connect = VERBS['attachment.update'];

describe('an input', () => {
  it.each([
    [{ sizeGib: 'ten' }],
    [{ sizeGib: 0 }],
    [{ sizeGib: 1.5 }],
    [{ sizeGib: 2 ** 40 }],
    [{}],
    [{ sizeGib: 10, more: true }],
    ['ten'],
    [null],
  ])('%j is refused with a sentence', (input) => {
    const parse = () => parseInput(extend, input);
    expect(parse).toThrow(RefusedError);
  });

  it('that fits is taken as it is', () => {
    expect(parseInput(extend, { sizeGib: 10 })).toEqual({ sizeGib: 10 });
  });

  it('half filled in counts as far as it fits', () => {
    expect(parsePartialInput(extend, { sizeGib: 'ten', other: 1 })).toEqual({});
  });
});

describe('a connector', () => {
  it('is sealed, and only who it is from and how it reads stay to be looked at', async () => {
    const sealed = await sealInput(key, connect, {
      connector: { host: 'cmp-1', initiator: 'iqn.2026-01.test:secret', mode: 'ro' },
    });
    expect(sealed.connector).toMatchObject({ host: 'cmp-1', mode: 'ro' });
    // No sealed text has a dot followed by such a word by chance, as one of three letters would now and then.
    expect(JSON.stringify(sealed)).not.toContain('iqn.2026');
  });

  it('may say null for what the host does not know, and yes in words', async () => {
    const connector = {
      host: 'cmp-1',
      ip: null,
      initiator: null,
      mountpoint: null,
      mode: null,
      multipath: 'True',
    };
    const sealed = await sealInput(key, connect, { connector });
    expect(sealed.connector).toEqual({ host: 'cmp-1', sealed: expect.any(String) });
    const opened = await openConnector(key, (sealed.connector as { sealed: string }).sealed);
    expect(opened).toEqual({ host: 'cmp-1', ip: '', initiator: '', multipath: true });
  });

  it.each([
    [{ host: 5 }],
    [{ host: '' }],
    [{ host: 'cmp-1', mode: 'sometimes' }],
    [{ host: 'cmp-1', initiator: true }],
    [{ host: 'cmp-1', multipath: 5 }],
  ])('%j is refused with a sentence', async (connector) => {
    await expect(sealInput(key, connect, { connector })).rejects.toThrow(RefusedError);
  });
});
