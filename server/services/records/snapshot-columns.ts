/**
 * What snapshots can be filtered and sorted by: attributes of upstream's snapshot under their names there.
 * Source: cinder/db/sqlalchemy/models.py, Snapshot; cinder/db/api.py, _snaps_get_query.
 */
import type { Sql } from 'postgres';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import type { Columns } from './column-conditions';

/** @returns columns of snapshots `t` of volumes `v` */
export function snapshotColumns(sql: Sql): Columns {
  return {
    id: { sql: sql`t.id`, kind: 'uuid' },
    name: { sql: sql`t.name`, kind: 'text' },
    display_name: { sql: sql`t.name`, kind: 'text' },
    description: { sql: sql`t.description`, kind: 'text', nullable: true },
    display_description: { sql: sql`t.description`, kind: 'text', nullable: true },
    status: { sql: sql`t.status`, kind: { enum: SNAPSHOT_STATUSES } },
    volume_id: { sql: sql`t.volume_id`, kind: 'uuid' },
    project_id: { sql: sql`t.project_id`, kind: 'text' },
    user_id: { sql: sql`t.user_id`, kind: 'text', nullable: true },
    size: { sql: sql`t.size_gib`, kind: 'integer' },
    volume_size: { sql: sql`t.size_gib`, kind: 'integer' },
    consumes_quota: { sql: sql`t.consumes_quota`, kind: 'flag' },
    use_quota: { sql: sql`t.consumes_quota`, kind: 'flag' },
    created_at: { sql: sql`t.created_at`, kind: 'time' },
    updated_at: { sql: sql`t.updated_at`, kind: 'time' },
    volume_type_id: { sql: sql`v.volume_type_id`, kind: 'uuid' },
    host: { sql: sql`v.pool`, kind: 'text', nullable: true },
    availability_zone: { sql: sql`v.availability_zone`, kind: 'text' },
    metadata: { sql: sql`t.metadata`, kind: 'pairs', unsorted: true },
  };
}
