/**
 * What a list of images can be asked for in a query.
 * Source: glance/api/v2/images.py, RequestDeserializer.index
 */
import { z } from 'zod';
import {
  IMAGE_SORT_KEYS,
  type ImageFilters,
  type ImageListing,
  type ImageSortKey,
} from '~/server/services/records/image-records';
import { FaultError } from '../fault';

/** Rows of a page, unless told (limit_param_default), and at most (api_limit_max). */
const PAGE = 25;
const MOST = 1000;

const size = z.coerce.number('a size is a number of bytes').int().min(0);
const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false'], 'it is true or false'))
  .transform((word) => word === 'true');

/** Whatever else is given is a property that the images must have; see {@link imageListing}. */
export const imageQuery = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.string(),
    disk_format: z.string(),
    container_format: z.string(),
    owner: z.string(),
    visibility: z.enum(
      ['public', 'private', 'shared', 'community', 'all'],
      'it is public, private, shared, community or all',
    ),
    protected: flag,
    size_min: size,
    size_max: size,
    tag: z.string(),
    limit: z.coerce.number('it is a number of rows').int().min(0),
    marker: z.string(),
    sort: z.string(),
    sort_key: z.enum(IMAGE_SORT_KEYS),
    sort_dir: z.enum(['asc', 'desc'], 'it is asc or desc'),
    // Nothing is hidden here: whoever asks for what is finds nothing.
    os_hidden: flag,
    // Nobody has been given a shared image.
    member_status: z.enum(['pending', 'accepted', 'rejected', 'all']),
  })
  .partial();

/**
 * @param searchParams where `tag`, `sort_key` and `sort_dir` may be repeated, and properties may be named
 * @throws FaultError 400 for an order that is none
 */
export function imageListing(
  query: z.output<typeof imageQuery>,
  searchParams: URLSearchParams,
): ImageListing {
  const { limit = PAGE, marker, sort } = query;
  return {
    ...filtersOf(query, searchParams),
    sort: orderOf(sort, searchParams.getAll('sort_key'), searchParams.getAll('sort_dir')),
    marker,
    limit: query.os_hidden === true ? 0 : Math.min(limit, MOST),
  };
}

function filtersOf(query: z.output<typeof imageQuery>, searchParams: URLSearchParams): ImageFilters {
  const { id, name, status, disk_format, container_format, owner, visibility, size_min, size_max } = query;
  const tags = searchParams.getAll('tag');
  const properties = [...searchParams].filter(([property]) => !(property in imageQuery.shape));
  return {
    ...(id === undefined ? {} : { id: anyOf(id) }),
    ...(name === undefined ? {} : { name: anyOf(name) }),
    ...(status === undefined ? {} : { status: anyOf(status) }),
    ...(disk_format === undefined ? {} : { diskFormat: anyOf(disk_format) }),
    ...(container_format === undefined ? {} : { containerFormat: anyOf(container_format) }),
    ...(owner === undefined ? {} : { owner }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(query.protected === undefined ? {} : { protected: query.protected }),
    ...(size_min === undefined ? {} : { sizeMin: size_min }),
    ...(size_max === undefined ? {} : { sizeMax: size_max }),
    ...(tags.length === 0 ? {} : { tags }),
    properties: Object.fromEntries(properties),
  };
}

/** `in:a,"b,c"` is any of several; a plain text is itself. */
function anyOf(text: string): string[] {
  if (!text.startsWith('in:')) return [text];
  const parts = text.slice('in:'.length).match(/"[^"]*"|[^,]+/g) ?? [];
  return parts.map((part) => part.replace(/^"(.*)"$/, '$1'));
}

/** `sort=name:asc,status` or `sort_key=name&sort_dir=asc`, each of them repeated; not both. */
function orderOf(
  sort: string | undefined,
  keys: readonly string[],
  directions: readonly string[],
): ImageListing['sort'] {
  if (sort !== undefined && keys.length + directions.length > 0) {
    throw new FaultError(400, 'Give either sort, or sort_key and sort_dir.');
  }
  const pairs = sort?.split(',').map((each) => each.trim().split(':')) ?? paired(keys, directions);
  const [first, ...rest] = pairs.map(([key, direction = 'desc']) => ({
    key: keyOf(key),
    direction: directionOf(direction),
  }));
  return [first ?? { key: 'created_at', direction: 'desc' }, ...rest];
}

/** One direction holds for all keys. */
function paired(keys: readonly string[], directions: readonly string[]): string[][] {
  if (directions.length > 1 && directions.length !== keys.length) {
    throw new FaultError(400, 'There must be one sort_dir, or one for each sort_key.');
  }
  const some = keys.length > 0 ? keys : directions.slice(0, 1).map(() => 'created_at');
  return some.map((key, at) => [key, directions[at] ?? directions[0] ?? 'desc']);
}

function keyOf(key: string | undefined): ImageSortKey {
  const found = IMAGE_SORT_KEYS.find((each) => each === key);
  if (found === undefined) throw new FaultError(400, `Images are not sorted by ${key?.slice(0, 100)}.`);
  return found;
}

function directionOf(text: string): 'asc' | 'desc' {
  if (text === 'asc' || text === 'desc') return text;
  throw new FaultError(400, `${text.slice(0, 100)} is no direction; asc and desc are.`);
}
