/**
 * What snapshots can be filtered and sorted by: attributes of upstream's snapshot under their names there.
 * Source: cinder/db/sqlalchemy/models.py, Snapshot; cinder/db/api.py, _snaps_get_query.
 */
import type { Sql } from 'postgres';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import type { Columns } from './column-conditions';
import { storageColumns } from './storage-columns';

/** @returns columns of snapshots `t` of volumes `v` */
export function snapshotColumns(sql: Sql): Columns {
  return {
    ...storageColumns(sql),
    status: { sql: sql`t.status`, kind: { enum: SNAPSHOT_STATUSES } },
    volume_id: { sql: sql`t.volume_id`, kind: 'uuid' },
    user_id: { sql: sql`t.user_id`, kind: 'text', nullable: true },
    size: { sql: sql`t.size_gib`, kind: 'integer' },
    volume_size: { sql: sql`t.size_gib`, kind: 'integer' },
    volume_type_id: { sql: sql`v.volume_type_id`, kind: 'uuid' },
    host: { sql: sql`v.pool`, kind: 'text', nullable: true },
    availability_zone: { sql: sql`v.availability_zone`, kind: 'text' },
    metadata: { sql: sql`t.metadata`, kind: 'pairs', unsorted: true },
  };
}
