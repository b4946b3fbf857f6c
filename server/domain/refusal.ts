/**
 * Why not: the answer of a rule that says no.
 */
import type { ActionName } from './action';

/** What kind of no it is. Each wire maps these to its own codes; none is an HTTP status. */
export const REFUSAL_CODES = [
  'not_found',
  'forbidden',
  'invalid',
  'conflict',
  /** It is not any more what whoever asked has seen. */
  'outdated',
  'over_quota',
  'unsupported',
  'unauthenticated',
  'rate_limited',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The way out: another action with its arguments, or what a person can do where no action of ours helps. */
export type Remedy =
  | { kind: 'action'; action: ActionName; label: string; args: Record<string, string> }
  | { kind: 'advice'; text: string; command?: string };

export interface Refusal {
  /** Stable id, e.g. `volume.attach.not-multiattach`; never reused for another meaning. */
  rule: string;
  code: RefusalCode;
  /** One plain sentence: the actual state and the required one. */
  message: string;
  remedy?: Remedy;
}

/** A rule's answer: what will happen, or every reason why not, in the order the API checks them. */
export type Decision<Effects> =
  | { allowed: true; effects: Effects }
  | { allowed: false; refusals: readonly [Refusal, ...Refusal[]] };

/**
 * One check of a rule. `needs` names the facts it looks at, so that the same rule can be asked with fewer facts
 * (a row's button knows the volume, not yet the server) and simply skips what it cannot know.
 */
export interface Check<Facts, Key extends keyof Facts = keyof Facts> {
  /** What it looks at; where nothing else is said, its refusal is called so. */
  id: string;
  /** Where the behaviour comes from, for whoever doubts it. */
  source: string;
  needs: readonly Key[];
  test(facts: Pick<Facts, Key>): Refusal | null;
}

/** Types a check by the facts it needs, then forgets them, so that checks of one rule fit in one list. */
export function check<Facts>() {
  return <const Key extends keyof Facts>(definition: Check<Facts, Key>): Check<Facts> => ({
    ...definition,
    test: (facts) => definition.test(facts),
  });
}

/**
 * Runs the checks whose facts are all there.
 * @param checks in the order the API makes them
 * @param facts undefined members are unknown, and checks that need them are skipped
 * @returns every refusal, in that order
 */
export function refusalsOf<Facts>(
  checks: readonly Check<Facts>[],
  facts: { [Key in keyof Facts]?: Facts[Key] | undefined },
): Refusal[] {
  return checks.flatMap((each) => {
    if (!each.needs.every((key) => facts[key] !== undefined)) return [];
    return each.test(facts as Facts) ?? [];
  });
}

/** @returns the decision: effects when nothing refuses */
export function decide<Effects>(refusals: readonly Refusal[], effects: () => Effects): Decision<Effects> {
  const [first, ...rest] = refusals;
  return first === undefined
    ? { allowed: true, effects: effects() }
    : { allowed: false, refusals: [first, ...rest] };
}
