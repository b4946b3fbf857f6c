/**
 * What a verb writes, as data. Two interpreters carry it out: one on the database, one on a world in memory.
 */
import type { TableName, Tables, World } from './world';

export type Change = {
  [Name in TableName]:
    | { table: Name; op: 'insert'; row: Tables[Name] }
    | { table: Name; op: 'update'; id: string; set: Partial<Omit<Tables[Name], 'id'>> }
    /** Gone for whoever looks; history may keep the row. */
    | { table: Name; op: 'delete'; id: string };
}[TableName];

export function insert<Name extends TableName>(table: Name, row: Tables[Name]): Change {
  // A union over a type parameter is beyond inference; each member is exactly this.
  return { table, op: 'insert', row } as unknown as Change;
}

export function update<Name extends TableName>(
  table: Name,
  id: string,
  set: Partial<Omit<Tables[Name], 'id'>>,
): Change {
  return { table, op: 'update', id, set } as unknown as Change;
}

export function remove(table: TableName, id: string): Change {
  return { table, op: 'delete', id };
}

/**
 * @returns the world with the changes made, in order; the given one is left as it is
 * @throws Error for an update or delete of what is not there
 */
export function applyChanges(world: World, changes: readonly Change[]): World {
  const next: Record<string, ReadonlyMap<string, object>> = { ...world };
  for (const change of changes) {
    const rows = new Map<string, object>(next[change.table]);
    next[change.table] = rows;
    if (change.op === 'insert') {
      rows.set(change.row.id, change.row);
      continue;
    }
    const row = rows.get(change.id);
    if (row === undefined)
      throw new Error(`${change.op} of ${change.table} ${change.id}, which is not there`);
    if (change.op === 'delete') rows.delete(change.id);
    else rows.set(change.id, { ...row, ...change.set });
  }
  return next as unknown as World;
}
