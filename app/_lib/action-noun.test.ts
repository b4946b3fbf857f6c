import { expect, it } from 'vitest';
import type { ActionName } from '~/server/domain/action';
import { VERBS } from '~/server/domain/verbs';
import { nounOf } from './action-noun';

it.each(Object.values(VERBS).map(({ name, noun }) => [name, noun] as [ActionName, string]))(
  '%s is done to a %s, as the verb itself says',
  (name, noun) => {
    expect(nounOf(name)).toBe(noun);
  },
);
