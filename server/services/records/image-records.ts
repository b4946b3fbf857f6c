/**
 * Images as the image API lists and shows them.
 */
import type { ImageRecord as ImageFacts } from '~/server/domain/engine/world';
import type { Context } from '../context';
import {
  type ImageFactsRow,
  type ImageVisibility,
  imageColumns,
  imageFacts,
  imageShownTo,
} from '../image-facts';
import type { Direction, Fragment } from '../keyset';
import { all } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';

export interface ImageRecord extends ImageFacts {
  createdAt: Date;
  updatedAt: Date;
}

/** What images can be ordered by, as the API calls it. */
export const IMAGE_SORT_KEYS = [
  'created_at',
  'updated_at',
  'id',
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
] as const;
export type ImageSortKey = (typeof IMAGE_SORT_KEYS)[number];

/** What a list can be narrowed by; several values mean any of them. */
export interface ImageFilters {
  id?: readonly string[];
  name?: readonly string[];
  status?: readonly string[];
  diskFormat?: readonly string[];
  containerFormat?: readonly string[];
  owner?: string;
  /** `all` takes in community images too, which are left out otherwise. */
  visibility?: ImageVisibility | 'all';
  protected?: boolean;
  /** In bytes. */
  sizeMin?: number;
  sizeMax?: number;
  /** All of these have to be there. */
  tags?: readonly string[];
  /** Further properties with the text each must have. */
  properties?: Readonly<Record<string, string>>;
}

export interface ImageListing extends ImageFilters {
  sort: readonly [
    { key: ImageSortKey; direction: Direction },
    ...{ key: ImageSortKey; direction: Direction }[],
  ];
  marker?: string | undefined;
  limit: number;
}

interface Data extends ImageFactsRow {
  created_at: Date;
  updated_at: Date;
}

/**
 * @returns one page
 * @throws RefusedError forbidden without the reader role, invalid for an unknown marker
 */
export async function listImageRecords(context: Context, listing: ImageListing): Promise<ImageRecord[]> {
  authorize(context, 'get_images');
  const { sql } = context.runtime.database;
  const [first, ...rest] = listing.sort.map(({ key, direction }) => ({
    key: sortExpression(context, key),
    direction,
  }));
  if (first === undefined) return [];
  const rows = await markerPage<Data>(sql, {
    select: columns(context),
    from: sql`from images t`,
    where: all(sql, [
      imageShownTo(context, listing.visibility === undefined ? ['public'] : ['public', 'community']),
      ...conditions(context, listing),
    ]),
    sort: [first, ...rest],
    marker: listing.marker,
    limit: listing.limit,
    unknownMarker: 'invalid',
  });
  return rows.map(toRecord);
}

/** @throws RefusedError not_found when it is not there, or not for the caller's project */
export async function getImageRecord(context: Context, id: string): Promise<ImageRecord> {
  authorize(context, 'get_image');
  // Whoever knows the id of a community image may use it; lists leave it out.
  const [data] = await context.runtime.database.sql<Data[]>`
    select ${columns(context)} from images t
    where t.id::text = ${id.toLowerCase()} and ${imageShownTo(context, ['public', 'community'])}`;
  if (data === undefined) throw notFound('image', id);
  return toRecord(data);
}

function columns({ runtime }: Context): Fragment {
  const { sql } = runtime.database;
  return sql`${imageColumns(sql)}, t.created_at, t.updated_at`;
}

function conditions({ runtime }: Context, filters: ImageFilters): Fragment[] {
  const { sql } = runtime.database;
  const { visibility, owner, sizeMin, sizeMax, tags, properties = {} } = filters;
  const anyOf = (column: Fragment, values: readonly string[] | undefined): Fragment[] =>
    values === undefined ? [] : [sql`${column} = any(${[...values]}::text[])`];
  return [
    ...anyOf(sql`t.id::text`, filters.id),
    ...anyOf(sql`t.name`, filters.name),
    ...anyOf(sql`t.status`, filters.status),
    ...anyOf(sql`t.disk_format`, filters.diskFormat),
    ...anyOf(sql`t.container_format`, filters.containerFormat),
    ...(owner === undefined ? [] : [sql`t.owner = ${owner}`]),
    ...(visibility === undefined || visibility === 'all' ? [] : [sql`t.visibility = ${visibility}`]),
    ...(filters.protected === undefined ? [] : [sql`t.is_protected = ${filters.protected}`]),
    ...(sizeMin === undefined ? [] : [sql`t.size_bytes >= ${sizeMin}`]),
    ...(sizeMax === undefined ? [] : [sql`t.size_bytes <= ${sizeMax}`]),
    ...(tags === undefined ? [] : [sql`t.properties->'tags' @> ${sql.json([...tags])}`]),
    ...Object.entries(properties).map(([name, value]) => sql`t.properties->>${name} = ${value}`),
  ];
}

function sortExpression({ runtime }: Context, key: ImageSortKey): Fragment {
  const { sql } = runtime.database;
  if (key === 'size') return sql`coalesce(t.size_bytes, -1)`;
  if (key === 'disk_format' || key === 'container_format') return sql`coalesce(t.${sql(key)}, '')`;
  return sql`t.${sql(key)}`;
}

function toRecord(data: Data): ImageRecord {
  return { ...imageFacts(data), createdAt: data.created_at, updatedAt: data.updated_at };
}
