/**
 * What the database itself refuses, whoever asks: a buggy writer, a second program, a person with psql.
 */
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeldDisks, openHeldDisks } from './held-disks';

let cloud: HeldDisks;

beforeAll(async () => {
  cloud = await openHeldDisks();
});

afterAll(() => cloud.close());

const BDM = '00000000-0000-4000-8000-0000000000bd';
const FOREIGN = '00000000-0000-4000-8000-00000000000f';

/** Statements of a buggy writer, and what refuses them. */
const WRITES: [string, (sql: TransactionSql) => Promise<unknown>, string][] = [
  ['a volume of no size', (sql) => sql`update volumes set size_gib = 0`, 'volume_size_positive'],
  ['a volume of negative size', (sql) => sql`update volumes set size_gib = -1`, 'volume_size_positive'],
  ['an unknown volume status', (sql) => sql`update volumes set status = 'attached'`, '22P02'],
  ['an unknown attach status', (sql) => sql`update volumes set attach_status = 'detaching'`, '22P02'],
  [
    'an unknown migration status',
    (sql) => sql`update volumes set migration_status = 'lost'`,
    'volume_known_migration_status',
  ],
  [
    'a deleted volume that is attached',
    (sql) => sql`update volumes set deleted_at = now() where id = ${cloud.single}`,
    'volume_deleted_is_detached',
  ],
  [
    'a volume of no project',
    (sql) => sql`update volumes set project_id = 'nobody'`,
    'volumes_project_id_projects_id_fk',
  ],
  [
    'a snapshot of no size',
    (sql) => sql`insert into snapshots (id, volume_id, project_id, size_gib, status)
      values (${BDM}, ${cloud.free}, ${cloud.project}, 0, 'available')`,
    'snapshot_size_positive',
  ],
  [
    'a snapshot that is 101 % done',
    (sql) => sql`insert into snapshots (id, volume_id, project_id, size_gib, status, progress)
      values (${BDM}, ${cloud.free}, ${cloud.project}, 1, 'available', 101)`,
    'snapshot_progress_percent',
  ],
  [
    'two volume types of one name',
    (sql) =>
      sql`insert into volume_types (id, name) select ${BDM}, name from volume_types where id = ${cloud.type}`,
    'volume_types_name_unique',
  ],
  [
    'a volume whose type goes',
    (sql) => sql`delete from volume_types where id = ${cloud.type}`,
    'volume_has_type',
  ],
  ['an unknown vm_state', (sql) => sql`update servers set vm_state = 'running'`, '22P02'],
  ['an unknown task', (sql) => sql`update servers set task_state = 'thinking'`, '22P02'],
  ['a reason for no lock', (sql) => sql`update servers set locked_reason = 'why'`, 'server_lock_reason'],
  ['a host nobody knows', (sql) => sql`update servers set host = 'cmp-9'`, 'servers_host_hosts_name_fk'],
  [
    'a flavor without memory',
    (sql) => sql`insert into flavors (id, name, vcpus, ram_mib, disk_gib) values ('1', 'none', 1, 0, 1)`,
    'flavor_sizes',
  ],
  [
    'a quota below unlimited',
    (sql) => sql`insert into quotas (project_id, service, resource, hard_limit)
      values (${cloud.project}, 'volume', 'gigabytes', -2)`,
    'quota_unlimited_or_positive',
  ],
  [
    'a quota of an unknown service',
    (sql) => sql`insert into quotas (project_id, service, resource, hard_limit)
      values (${cloud.project}, 'network', 'ports', 1)`,
    'quota_known_service',
  ],
  [
    'a fault that happens a negative number of times',
    (sql) => sql`insert into simulated_faults (id, call, message, remaining, created_by)
      values (${BDM}, 'attachDevice', 'no', -1, 'admin')`,
    'fault_remaining',
  ],
];

describe('everything else', () => {
  it.each(WRITES)('%s', async (_, write, constraint) => {
    expect(await cloud.refusedBy(write)).toBe(constraint);
  });
});

interface OperationColumns {
  phase: string | null;
  outcome: string | null;
  reason: string | null;
  cause: string | null;
  ended_at: Date | null;
}

function operate(sql: TransactionSql, id: string, given: Partial<OperationColumns>) {
  const row = { phase: 'connect', outcome: 'running', reason: null, cause: null, ended_at: null, ...given };
  return sql`insert into operations ${sql({
    id,
    request_id: 'req-1',
    action: 'volume.attach',
    user_id: 'user-1',
    user_name: 'demo',
    project_id: cloud.project,
    attachment_id: cloud.singleAttachment,
    owns: cloud.singleAttachment,
    ...row,
  })}`;
}

const END = new Date();

const OPERATIONS: [string, Partial<OperationColumns>, string][] = [
  ['ended without an outcome', { ended_at: END }, 'operation_ended_has_outcome'],
  ['with an outcome, but not ended', { outcome: 'succeeded', phase: null }, 'operation_ended_has_outcome'],
  ['running, but in no phase', { phase: null }, 'operation_running_has_phase'],
  [
    'failed for no reason',
    { outcome: 'failed', phase: null, ended_at: END, cause: 'fault' },
    'operation_cause_has_reason',
  ],
  [
    'failed, but not by what',
    { outcome: 'failed', phase: null, ended_at: END, reason: 'It failed.' },
    'operation_cause_of_failure',
  ],
  [
    'overtaken, but succeeded',
    { outcome: 'succeeded', phase: null, ended_at: END, reason: 'It failed.', cause: 'overtaken' },
    'operation_cause_of_failure',
  ],
  ['in an unknown phase', { phase: 'somewhere' }, '22P02'],
  // Not null.
  ['without any outcome', { outcome: null }, '23502'],
];

describe('an operation', () => {
  it.each(OPERATIONS)('%s', async (_, given, constraint) => {
    expect(await cloud.refusedBy((sql) => operate(sql, BDM, given))).toBe(constraint);
  });

  it('is alone with what it owns while it runs', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await operate(sql, BDM, {});
      await operate(sql, FOREIGN, {});
    });
    expect(refused).toBe('operation_one_owner');
  });

  it('follows others that have ended', async () => {
    await cloud.trying(async (sql) => {
      await operate(sql, BDM, {
        outcome: 'failed',
        phase: null,
        reason: 'no path to storage',
        cause: 'fault',
        ended_at: END,
      });
      await operate(sql, FOREIGN, {});
    });
  });
});
