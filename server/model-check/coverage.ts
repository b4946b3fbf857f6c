/**
 * What an exploration has been through: calls that were accepted, rules that said no, phases and how they ended.
 */
import { VERBS } from '~/server/domain/verbs';

/** How often what was seen. */
export type Coverage = Map<string, number>;

export function note(coverage: Coverage, what: string): void {
  coverage.set(what, (coverage.get(what) ?? 0) + 1);
}

/** @returns the first with all of the second in it */
export function joined(into: Coverage, more: Coverage): Coverage {
  for (const [what, count] of more) into.set(what, (into.get(what) ?? 0) + count);
  return into;
}

export const called = (verb: string): string => `${verb} is accepted`;
export const refused = (rule: string): string => `refused: ${rule}`;
export const ended = (verb: string, phase: string, how: 'done' | 'fails' | 'dies'): string =>
  `${verb} ${phase} ${how}`;

/** Everything there could be. */
function everything(): { verbs: string[]; phases: string[]; rules: string[] } {
  const all = Object.values(VERBS);
  return {
    verbs: all.map(({ name }) => called(name)),
    phases: all.flatMap(({ name, phases }) =>
      Object.keys(phases ?? {}).flatMap((phase) => [ended(name, phase, 'done'), ended(name, phase, 'fails')]),
    ),
    rules: all.flatMap(({ name, rules }) => rules.map(({ id }) => refused(`${name}.${id}`))),
  };
}

/** @returns what was never seen: verbs, phases that ended well or failed, rules (by the id of their own) */
export function unseen(coverage: Coverage): { verbs: string[]; phases: string[]; rules: string[] } {
  const missing = (names: string[]) => names.filter((name) => !coverage.has(name));
  const { verbs, phases, rules } = everything();
  return { verbs: missing(verbs), phases: missing(phases), rules: missing(rules) };
}
