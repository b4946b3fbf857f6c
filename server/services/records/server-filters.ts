/**
 * Which servers a list of the compute API has, and in what order.
 * Source: nova/compute/api.py, get_all; nova/db/main/api.py, instance_get_all_by_filters.
 */
import type { Sql } from 'postgres';
import type { ServerStatus } from '~/server/domain/server';
import type { Context } from '../context';
import type { Direction, Fragment } from '../keyset';
import { all, oneOf } from '../list-filters';
import type { SortKey } from '../marker-page';
import { RefusedError } from '../refused';

/** Columns that are compared as they are, as text. */
export const EXACT_FILTERS = [
  'image_id',
  'flavor_id',
  'host',
  'reservation_id',
  'availability_zone',
  'user_id',
  'id',
  'vm_state',
  'task_state',
  'power_state',
  'launch_index',
  'locked_by',
  'key_name',
  'root_device_name',
  'access_ipv4',
  'access_ipv6',
] as const;
export type ExactFilter = (typeof EXACT_FILTERS)[number];

/** Those that are texts, and compared without a detour that no index follows. */
const TEXTS: readonly string[] = [
  'flavor_id',
  'host',
  'reservation_id',
  'availability_zone',
  'user_id',
  'key_name',
];

/** Columns of which a part has to match a regular expression. */
export type PatternFilter = 'name' | 'description' | 'hostname';

export interface ServerFilters {
  /** null for every project. */
  projectId: string | null;
  /** Those that are gone, those that are there, or both. */
  deleted: boolean | null;
  /** Whether those that wait for their deletion are let in. */
  softDeleted: boolean;
  statuses?: readonly ServerStatus[] | undefined;
  exact: Readonly<Partial<Record<ExactFilter, string>>>;
  patterns: Readonly<Partial<Record<PatternFilter, string>>>;
  configDrive?: boolean | undefined;
  locked?: boolean | undefined;
  changedSince?: Date | undefined;
  changedBefore?: Date | undefined;
  /** Servers that have all of these, any, not all, none. */
  tags: Readonly<Partial<Record<'all' | 'any' | 'notAll' | 'none', readonly string[]>>>;
}

/** @returns the condition on a server `t` */
export function serverConditions({ runtime }: Context, filters: ServerFilters): Fragment {
  const { sql } = runtime.database;
  const { statuses, configDrive, locked, changedSince, changedBefore, tags } = filters;
  const exact = Object.entries(filters.exact).map(([column, value]) =>
    TEXTS.includes(column) ? sql`t.${sql(column)} = ${value}` : sql`t.${sql(column)}::text = ${value}`,
  );
  // A name is never missing: its index knows which ones have what the pattern asks for.
  const patterns = Object.entries(filters.patterns).map(([column, pattern]) =>
    column === 'name' ? sql`t.name ~ ${pattern}` : sql`coalesce(t.${sql(column)}, '') ~ ${pattern}`,
  );
  const list = (names: readonly string[]) => sql`${[...names]}::text[]`;
  const has = (names: readonly string[]) => sql`t.tags @> to_jsonb(${list(names)})`;
  const hasAny = (names: readonly string[]) =>
    sql`exists (select from jsonb_array_elements_text(t.tags) tag where tag = any(${list(names)}))`;
  return all(sql, [
    filters.projectId === null ? sql`true` : sql`t.project_id = ${filters.projectId}`,
    filters.deleted === null ? sql`true` : sql`(t.deleted_at is not null) = ${filters.deleted}`,
    filters.softDeleted ? sql`true` : sql`t.vm_state <> 'soft-delete'`,
    oneOf(sql, sql`t.status`, statuses, 'server_status'),
    configDrive === undefined ? sql`true` : sql`t.config_drive = ${configDrive}`,
    locked === undefined ? sql`true` : sql`(t.locked_by is not null) = ${locked}`,
    changedSince === undefined ? sql`true` : sql`t.updated_at >= ${changedSince}`,
    changedBefore === undefined ? sql`true` : sql`t.updated_at <= ${changedBefore}`,
    tags.all === undefined ? sql`true` : has(tags.all),
    tags.any === undefined ? sql`true` : hasAny(tags.any),
    tags.notAll === undefined ? sql`true` : sql`not (${has(tags.notAll)})`,
    tags.none === undefined ? sql`true` : sql`not (${hasAny(tags.none)})`,
    ...exact,
    ...patterns,
  ]);
}

/** What lists can be sorted by, as the API calls it, and as SQL that is never null. */
const SORT_COLUMNS = {
  access_ip_v4: 't.access_ipv4',
  access_ip_v6: 't.access_ipv6',
  auto_disk_config: 't.disk_config',
  availability_zone: 't.availability_zone',
  config_drive: 't.config_drive',
  created_at: 't.created_at',
  display_description: "coalesce(t.description, '')",
  display_name: 't.name',
  host: "coalesce(t.host, '')",
  hostname: "coalesce(t.hostname, '')",
  image_ref: "coalesce(t.image_id::text, '')",
  instance_type_id: "coalesce(t.flavor_id, '')",
  kernel_id: '(t.id is not null)',
  key_name: "coalesce(t.key_name, '')",
  launch_index: 't.launch_index',
  launched_at: "coalesce(t.launched_at, 'infinity')",
  locked: '(t.locked_by is not null)',
  locked_by: "coalesce(t.locked_by::text, '')",
  node: "coalesce(t.host, '')",
  power_state: 't.power_state',
  progress: '(t.id is not null)',
  project_id: 't.project_id',
  ramdisk_id: '(t.id is not null)',
  root_device_name: "coalesce(t.root_device_name, '')",
  task_state: "coalesce(t.task_state::text, '')",
  terminated_at: "coalesce(t.terminated_at, 'infinity')",
  updated_at: 't.updated_at',
  user_id: 't.user_id',
  uuid: 't.id',
  vm_state: 't.vm_state::text',
} as const;
export type ServerSortKey = keyof typeof SORT_COLUMNS;

export function isServerSortKey(key: string): key is ServerSortKey {
  return Object.hasOwn(SORT_COLUMNS, key);
}

/** @returns the order, ended by the time of creation */
export function serverOrder(
  { runtime }: Context,
  keys: readonly { key: ServerSortKey; direction: Direction }[],
): readonly [SortKey, ...SortKey[]] {
  const { sql } = runtime.database;
  const [first = { key: 'created_at', direction: 'desc' } as const, ...rest] = keys;
  const sortKey = ({ key, direction }: { key: ServerSortKey; direction: Direction }): SortKey => ({
    key: sql.unsafe(SORT_COLUMNS[key]) as unknown as Fragment,
    direction,
  });
  const last = { key: 'created_at', direction: first.direction } as const;
  return [sortKey(first), ...[...rest, last].map(sortKey)];
}

const BAD_PATTERN = '2201B';
const CANCELLED = '57014';

/** Twenty characters can name a pattern that keeps the database busy for minutes. In ms. */
const PATTERN_PATIENCE = 2_000;

/**
 * @param read a list whose patterns come from a client; its context is the given one, on a connection with little patience
 * @throws RefusedError invalid for a pattern that is none, or that takes too long
 */
export async function withPatterns<Found>(
  context: Context,
  read: (context: Context) => Promise<Found[]>,
): Promise<Found[]> {
  const { runtime } = context;
  try {
    const found: Found[] = [];
    await runtime.database.sql.begin('read only', async (sql) => {
      await sql`select set_config('statement_timeout', ${String(PATTERN_PATIENCE)}, true)`;
      const database = { ...runtime.database, sql: sql as unknown as Sql };
      found.push(...(await read({ ...context, runtime: { ...runtime, database } })));
    });
    return found;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== BAD_PATTERN && code !== CANCELLED) throw error;
    const message =
      code === BAD_PATTERN
        ? 'A filter is no regular expression.'
        : 'A filter takes too long to be looked for.';
    throw new RefusedError([{ rule: 'list.bad-pattern', code: 'invalid', message }]);
  }
}
