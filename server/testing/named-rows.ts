/**
 * Names for what tests of lists look for, and what is found by them.
 */
import { randomUUID } from 'node:crypto';

/** @returns a name that nothing else in this database has */
export function newName(what: string): string {
  return `${what}-${randomUUID().slice(0, 8)}`;
}

/** @returns the names in a list, in its order */
export async function namesOf(list: Promise<{ rows: { name: string }[] }>): Promise<string[]> {
  return (await list).rows.map((row) => row.name);
}
