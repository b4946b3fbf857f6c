/**
 * The states of things and what leads from one to another, drawn from the verbs: for the handbook and the console's help.
 */
import { ACTIONS, type ActionName } from './action';
import type { Noun } from './engine/verb';
import { VERBS } from './verbs';

/** One verb's way through the states of a thing. */
export interface Way {
  action: ActionName;
  label: string;
  /** Where it may start; empty for what makes the thing; null for any state. */
  from: readonly string[] | null;
  /** While it runs; null when it is done at once. */
  during: string | null;
  /** null: as it was before. */
  done: string | null;
  failed: string | null;
}

export const THINGS_WITH_STATES = [
  'volume',
  'attachment',
  'snapshot',
  'server',
] as const satisfies readonly Noun[];
export type ThingWithStates = (typeof THINGS_WITH_STATES)[number];

const AS_BEFORE = '=';

function state(name: string): string | null {
  return name === AS_BEFORE ? null : name;
}

/** @returns every verb that changes the thing's state, in the order of menus */
export function waysOf(thing: ThingWithStates): Way[] {
  return Object.values(VERBS).flatMap(({ name, noun, life }) => {
    if (life === null || (life.of ?? noun) !== thing) return [];
    const { during, done, failed } = life;
    const from = life.from.includes('*') ? null : life.from;
    if (during === null && done === AS_BEFORE) return [];
    const { label } = ACTIONS[name];
    return [{ action: name, label, from, during, done: state(done), failed: state(failed) }];
  });
}

/** A state's name as Mermaid takes it. */
function node(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}

function arrows({ action, from, during, done, failed }: Way): string[] {
  const starts = from === null ? ['any_state'] : from.length === 0 ? ['[*]'] : from.map(node);
  const verb = action.slice(action.indexOf('.') + 1);
  return starts.flatMap((start) => {
    const end = (name: string | null) => (name === null ? start : name === 'deleted' ? '[*]' : node(name));
    if (during === null) return [`${start} --> ${end(done)}: ${verb}`];
    return [
      `${start} --> ${node(during)}: ${verb}`,
      `${node(during)} --> ${end(done)}: done`,
      ...(failed === done ? [] : [`${node(during)} --> ${end(failed)}: failed`]),
    ];
  });
}

/** @returns a Mermaid state diagram */
export function diagramOf(thing: ThingWithStates): string {
  const lines = [...new Set(waysOf(thing).flatMap(arrows))];
  const names = new Set(
    waysOf(thing).flatMap(({ from, during, done, failed }) => [...(from ?? []), during, done, failed]),
  );
  const spelled = [...names].filter((name): name is string => name !== null && node(name) !== name);
  return [
    'stateDiagram-v2',
    ...spelled.sort().map((name) => `  state "${name}" as ${node(name)}`),
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
}
