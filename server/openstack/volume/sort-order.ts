/**
 * In which order a list of the volume API is asked for.
 * Source: cinder/api/common.py, get_sort_params
 */
import { FaultError } from '../fault';

type Direction = 'asc' | 'desc';

export interface SortOrder<Key extends string> {
  key: Key;
  direction: Direction;
}

interface Asked {
  sort?: string | undefined;
  sort_key?: string | undefined;
  sort_dir?: string | undefined;
}

/**
 * @returns keys as they were asked for, known or not; none when nothing is
 * @throws FaultError 400 for both ways at once, or an unknown direction
 */
export function askedOrder({ sort, sort_key, sort_dir }: Asked): SortOrder<string>[] {
  if (sort !== undefined && (sort_key !== undefined || sort_dir !== undefined)) {
    throw new FaultError(400, 'Give either sort, or sort_key and sort_dir.');
  }
  if (sort === undefined && sort_key === undefined && sort_dir === undefined) return [];
  const asked = sort === undefined ? [[sort_key ?? 'created_at', sort_dir]] : split(sort);
  return asked.map(([key = '', direction]) => ({ key: key.trim(), direction: directionOf(direction) }));
}

/**
 * @param known keys a list has; the first is the usual one
 * @param asked `sort=name:asc,size`, or `sort_key=name` and `sort_dir=asc`
 * @returns at least one key; the usual one descending when nothing is asked for
 * @throws FaultError 400 for both ways at once, an unknown key or direction
 */
export function sortOrder<const Key extends string>(
  known: readonly [Key, ...Key[]],
  asked: Asked,
): [SortOrder<Key>, ...SortOrder<Key>[]] {
  const [first, ...rest] = askedOrder(asked).map(({ key, direction }) => ({
    key: keyOf(known, key),
    direction,
  }));
  return first === undefined ? [{ key: known[0], direction: 'desc' }] : [first, ...rest];
}

function split(sort: string): (string | undefined)[][] {
  return sort
    .trim()
    .split(',')
    .map((each) => each.trim().split(':'));
}

function keyOf<Key extends string>(known: readonly Key[], text: string): Key {
  const found = known.find((each) => each === text);
  if (found === undefined) {
    throw new FaultError(
      400,
      `This list is not sorted by ${text.slice(0, 100)}, but by ${known.join(', ')}.`,
    );
  }
  return found;
}

function directionOf(given = 'desc'): Direction {
  const text = given.trim();
  if (text === 'asc' || text === 'desc') return text;
  throw new FaultError(400, `${text.slice(0, 100)} is no direction; asc and desc are.`);
}
