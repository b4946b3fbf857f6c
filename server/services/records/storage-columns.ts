/**
 * What volumes and snapshots can both be filtered and sorted by, under upstream's names.
 * Source: cinder/db/sqlalchemy/models.py, Volume and Snapshot.
 */
import type { Sql } from 'postgres';
import type { Columns } from './column-conditions';

/** @returns columns of volumes or snapshots `t` */
export function storageColumns(sql: Sql) {
  return {
    id: { sql: sql`t.id`, kind: 'uuid' },
    name: { sql: sql`t.name`, kind: 'text' },
    display_name: { sql: sql`t.name`, kind: 'text' },
    description: { sql: sql`t.description`, kind: 'text', nullable: true },
    display_description: { sql: sql`t.description`, kind: 'text', nullable: true },
    project_id: { sql: sql`t.project_id`, kind: 'text' },
    consumes_quota: { sql: sql`t.consumes_quota`, kind: 'flag' },
    use_quota: { sql: sql`t.consumes_quota`, kind: 'flag' },
    created_at: { sql: sql`t.created_at`, kind: 'time' },
    updated_at: { sql: sql`t.updated_at`, kind: 'time' },
  } as const satisfies Columns;
}
