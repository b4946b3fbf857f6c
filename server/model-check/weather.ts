/**
 * What nobody calls for: hosts and storage services go, and come back.
 */
import type { Move, State } from './moves';

/** @returns each host that goes or comes back, each pool that does */
export function weather(state: State): Move[] {
  const { world } = state;
  const hosts = [...world.host.values()].map((row) => ({
    label: `host ${row.name} ${row.up ? 'goes' : 'comes back'}`,
    counts: 'weather',
    make: (): State => ({
      ...state,
      world: { ...world, host: new Map([...world.host, [row.name, { ...row, up: !row.up }]]) },
    }),
  }));
  const pools = [...world.pool.values()].map((row) => ({
    label: `pool ${row.id} ${row.usable ? 'goes' : 'comes back'}`,
    counts: 'weather',
    make: (): State => ({
      ...state,
      world: { ...world, pool: new Map([...world.pool, [row.id, { ...row, usable: !row.usable }]]) },
    }),
  }));
  return [...hosts, ...pools];
}
