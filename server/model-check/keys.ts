/**
 * What tells one state from another, and names for what is new in it.
 */
import type { State } from './moves';

/** Rows never change, and states share most of theirs, so that each is put into words once. */
const spelled = new WeakMap<object, string>();

function spell(row: object): string {
  const known = spelled.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  spelled.set(row, text);
  return text;
}

const TABLES = [
  'server',
  'volume',
  'attachment',
  'snapshot',
  'image',
  'volumeType',
  'qosSpecs',
  'host',
  'operation',
] as const;

/** @returns the same text for the same state; the order of rows tells nothing */
export function keyOf({ world, reality, byHand }: State): string {
  const parts: string[] = [];
  for (const table of TABLES) {
    const rows = [...world[table].values()].map(spell);
    parts.push(rows.length > 1 ? rows.sort().join() : (rows[0] ?? ''));
  }
  parts.push(
    [...reality.exported.keys()].sort().join(),
    [...reality.guests.keys()].sort().join(),
    [...byHand].sort().join(),
  );
  return parts.join('\n');
}

const NEW = /"n(\d+)"/g;
const taken = new WeakMap<State, ReadonlySet<number>>();

function takenIn(state: State): ReadonlySet<number> {
  const known = taken.get(state);
  if (known !== undefined) return known;
  const { world, reality } = state;
  const numbers = new Set<number>();
  for (const table of TABLES) {
    for (const row of world[table].values()) for (const number of numbersIn(row)) numbers.add(number);
  }
  const held = [...reality.guests.values()].flatMap(({ serverId, volumeId }) => [serverId, volumeId]);
  for (const id of [...reality.exported].flat().concat([...reality.guests.keys()], held)) {
    if (/^n\d+$/.test(id)) numbers.add(Number(id.slice(1)));
  }
  taken.set(state, numbers);
  return numbers;
}

const mentioned = new WeakMap<object, readonly number[]>();

function numbersIn(row: object): readonly number[] {
  const known = mentioned.get(row);
  if (known !== undefined) return known;
  const numbers = [...spell(row).matchAll(NEW)].map(([, digits]) => Number(digits));
  mentioned.set(row, numbers);
  return numbers;
}

/** @returns ids that nothing in the state has, the same for the same state, so that states that are alike meet again */
export function freshIn(state: State): () => string {
  let next = 0;
  return () => {
    const numbers = takenIn(state);
    do next += 1;
    while (numbers.has(next));
    return `n${next}`;
  };
}
