/** Whatever a list is filtered, sorted or paged by: an answer, and never a server error. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSnapshot } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const volume = await cloud.newVolume({ status: 'awaiting-transfer', metadata: { a: 'b' } });
  await makeSnapshot(cloud.runtime.database, volume, {});
});
afterAll(() => cloud.close());

const LISTS = ['volumes/detail', 'snapshots', 'volume-transfers/detail'];
/** Attributes that one of them has, and some that none has. */
const KEYS = [
  ...['id', 'name', 'display_name', 'description', 'status', 'attach_status', 'migration_status', 'size'],
  ...['bootable', 'multiattach', 'consumes_quota', 'use_quota', 'availability_zone', 'project_id', 'user_id'],
  ...[
    'volume_type_id',
    'snapshot_id',
    'source_volid',
    'group_id',
    'encryption_key_id',
    'provider_id',
    'host',
  ],
  ...[
    'cluster_name',
    'replication_status',
    'created_at',
    'updated_at',
    'metadata',
    'glance_metadata',
    'volume_id',
  ],
  ...[
    'volume_size',
    'no_snapshots',
    'source_project_id',
    'name~',
    'status~',
    'created_at~',
    'metadata~',
    '~',
  ],
  ...['limit', 'offset', 'marker', 'sort', 'sort_key', 'sort_dir', 'all_tenants', 'with_count'],
  ...['__proto__', 'constructor', 'toString', 'deleted', 'select', 't.id; drop table volumes', ''],
];
const VALUES = [
  ...[
    '',
    '-1',
    '1e400',
    '99999999999999999999',
    "' or 1=1 --",
    '\\',
    "{'a': 'b'}",
    "{'a'",
    '💾',
    'x'.repeat(3000),
  ],
  ...['id:asc,id:desc', 'gt:2026-11-20T00:00:00', 'gt:9999999-01-01', 'ffffffffffffffffffffffffffffffff'],
];

/** Administrators, as nothing that they filter by is refused. */
test.each(LISTS)('%s', async (list) => {
  const paths = KEYS.flatMap((key) =>
    VALUES.map((value) => `/volume/v3/${list}?${new URLSearchParams([[key, value]])}`),
  );
  const told = await Promise.all(
    paths.map(async (path) => ({
      path: path.slice(0, 200),
      status: (await cloud.ask('admin', 'GET', path, undefined, { microversion: '3.71' })).status,
    })),
  );
  expect(told.filter(({ status }) => ![200, 400, 404].includes(status))).toEqual([]);
});
