/**
 * How the actions on a volume are said to a terminal and to a program.
 */
import type { Json } from '../connection';
import type { Ask } from '../engine/verb';

type Said = Pick<Ask<object>, 'actor' | 'id'>;

interface Spoken {
  command: string;
  request: { method: 'POST' | 'PUT' | 'DELETE'; path: string; body: { readonly [key: string]: Json } | null };
}

/** @returns the text as one word of a shell's command line */
export function shellWord(text: string): string {
  return /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @returns `--property a=1 --property b=2`, for any such option */
export function pairOptions(option: string, pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${option} ${shellWord(`${key}=${value}`)}`)
    .join(' ');
}

/** @returns "key and 2 more", for sentences */
export function namedKeys(keys: readonly string[]): string {
  const [first, ...rest] = keys;
  if (first === undefined) return 'nothing';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** @returns `--size 10`; nothing without a value */
export function option(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name} ${shellWord(value)}`;
}

/** @param parts words of the command; empty ones are left out */
export function commandOf(...parts: string[]): string {
  return parts.filter((each) => each !== '').join(' ');
}

/** @returns the path of the volume in the Block Storage API, from the caller's project */
export function volumePath({ actor, id }: Said): string {
  return `/v3/${actor.projectId}/volumes/${id}`;
}

/** @returns an action request on the volume */
export function volumeAction(ask: Said, command: string, body: { readonly [key: string]: Json }): Spoken {
  return { command, request: { method: 'POST', path: `${volumePath(ask)}/action`, body } };
}
