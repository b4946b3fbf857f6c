/**
 * What volumes can be filtered and sorted by: attributes of upstream's volume under their names there.
 * Source: cinder/db/sqlalchemy/models.py, Volume; cinder/db/api.py, _process_volume_filters.
 */
import type { Sql } from 'postgres';
import { VOLUME_ATTACH_STATUSES, VOLUME_STATUSES } from '~/server/domain/volume';
import type { Columns } from './column-conditions';
import { storageColumns } from './storage-columns';

/** What a volume says of itself besides what its project says: upstream's administrative metadata. */
function shownMetadata(sql: Sql) {
  return sql`t.metadata || case when t.readonly_told
    then jsonb_build_object('readonly', initcap(t.readonly::text)) else '{}'::jsonb end`;
}

/** @returns columns of volumes `t` */
export function volumeColumns(sql: Sql): Columns {
  return {
    ...storageColumns(sql),
    status: { sql: sql`t.status`, kind: { enum: VOLUME_STATUSES } },
    attach_status: { sql: sql`t.attach_status`, kind: { enum: VOLUME_ATTACH_STATUSES } },
    migration_status: { sql: sql`t.migration_status`, kind: 'text', nullable: true },
    size: { sql: sql`t.size_gib`, kind: 'integer' },
    bootable: { sql: sql`t.bootable`, kind: 'flag' },
    multiattach: { sql: sql`t.multiattach`, kind: 'flag' },
    availability_zone: { sql: sql`t.availability_zone`, kind: 'text' },
    user_id: { sql: sql`t.user_id`, kind: 'text' },
    volume_type_id: { sql: sql`t.volume_type_id`, kind: 'uuid' },
    snapshot_id: { sql: sql`t.snapshot_id`, kind: 'uuid', nullable: true },
    source_volid: { sql: sql`t.source_volume_id`, kind: 'uuid', nullable: true },
    group_id: { sql: sql`t.group_id`, kind: 'uuid', nullable: true },
    encryption_key_id: { sql: sql`t.encryption_key_id`, kind: 'uuid', nullable: true },
    provider_id: { sql: sql`t.provider_id`, kind: 'text', nullable: true },
    cluster_name: { sql: sql`t.cluster_name`, kind: 'text', nullable: true },
    replication_status: { sql: sql`t.replication_status`, kind: 'text', nullable: true },
    host: { sql: sql`t.pool`, kind: 'text', nullable: true },
    metadata: { sql: shownMetadata(sql), kind: 'pairs', unsorted: true },
    glance_metadata: { sql: sql`t.image_metadata`, kind: 'pairs', unsorted: true },
  };
}
