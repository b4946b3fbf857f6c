/**
 * What the database itself refuses, whoever asks: a buggy writer, a second program, a person with psql.
 */
import postgres, { type TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './client';
import { makeAttachment, makeHost, makeProject, makeServer, makeVolume } from './factories';
import { createTestDatabase } from './testing';

let database: Database;
let drop: () => Promise<void>;

/** Ids the statements below are about. */
let project: string;
let web1: string;
let web2: string;
/** Held by web1 as /dev/vdb. */
let single: string;
let singleAttachment: string;
/** Held by web1 as /dev/vdc and by web2 as /dev/vdb. */
let shared: string;
/** Held by nobody. */
let free: string;
let type: string;

beforeAll(async () => {
  const made = await createTestDatabase();
  database = openDatabase(made.url);
  drop = async () => {
    await database.close();
    await made.drop();
  };
  project = (await makeProject(database)).id;
  const host = (await makeHost(database, { name: 'cmp-1' })).name;
  web1 = (await makeServer(database, { projectId: project, host })).id;
  web2 = (await makeServer(database, { projectId: project, host })).id;
  const singleVolume = await makeVolume(database, { projectId: project });
  const sharedVolume = await makeVolume(database, { projectId: project, multiattach: true });
  const freeVolume = await makeVolume(database, { projectId: project });
  singleAttachment = (await makeAttachment(database, singleVolume, { serverId: web1, device: '/dev/vdb' }))
    .id;
  await makeAttachment(database, sharedVolume, { serverId: web1, device: '/dev/vdc' });
  await makeAttachment(database, sharedVolume, { serverId: web2, device: '/dev/vdb' });
  [single, shared, free] = [singleVolume.id, sharedVolume.id, freeVolume.id];
  type = freeVolume.volumeTypeId ?? '';
});

afterAll(() => drop());

const UNDONE = new Error('undone');

/** Runs statements and takes them back. */
async function trying(statements: (sql: TransactionSql) => Promise<unknown>): Promise<void> {
  const attempt = database.sql.begin(async (sql) => {
    await statements(sql);
    throw UNDONE;
  });
  await attempt.catch((error: unknown) => {
    if (error !== UNDONE) throw error;
  });
}

/** @returns the name of the constraint that refuses the statement, or its error code where there is no name */
async function refusedBy(statements: (sql: TransactionSql) => Promise<unknown>): Promise<string> {
  try {
    await trying(statements);
  } catch (error) {
    if (error instanceof postgres.PostgresError) return error.constraint_name ?? error.code;
    throw error;
  }
  return 'nothing';
}

interface AttachmentColumns {
  volume_id: string;
  multiattach: boolean;
  attach_status: string | null;
  instance_id: string | null;
  server_id: string | null;
  bdm_id: string | null;
  device: string | null;
  boot_index: number | null;
  quarantine: string | null;
}

const BDM = '00000000-0000-4000-8000-0000000000bd';
const FOREIGN = '00000000-0000-4000-8000-00000000000f';

/** An attachment of both sides, as a program would write it. */
function attach(sql: TransactionSql, volume: string, server: string, given: Partial<AttachmentColumns> = {}) {
  const row: AttachmentColumns = {
    volume_id: volume,
    multiattach: volume === shared,
    attach_status: 'attached',
    instance_id: server,
    server_id: server,
    bdm_id: BDM,
    device: null,
    boot_index: null,
    quarantine: null,
    ...given,
  };
  return sql`insert into attachments ${sql({ id: '00000000-0000-4000-8000-0000000000a1', ...row })}`;
}

/** A record of the storage side alone. */
function hold(sql: TransactionSql, volume: string, instance: string | null, id: string) {
  return sql`insert into attachments (id, volume_id, multiattach, attach_status, instance_id)
    values (${id}, ${volume}, ${volume === shared}, 'reserved', ${instance})`;
}

describe('two servers on one disk', () => {
  it('a second server does not get a volume that is not multiattach', async () => {
    expect(await refusedBy((sql) => attach(sql, single, web2))).toBe('attachment_one_instance_per_volume');
  });

  it('nor does it when the volume says available', async () => {
    const refused = await refusedBy(async (sql) => {
      await sql`update volumes set status = 'available', attach_status = 'detached' where id = ${single}`;
      await attach(sql, single, web2);
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('nor when the attachment claims that the volume were multiattach', async () => {
    expect(await refusedBy((sql) => attach(sql, single, web2, { multiattach: true }))).toBe(
      'attachment_of_volume',
    );
  });

  it('a volume that two servers hold does not become a single one', async () => {
    const refused = await refusedBy(
      (sql) => sql`update volumes set multiattach = false where id = ${shared}`,
    );
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('nor do its attachments one by one', async () => {
    const refused = await refusedBy(
      (sql) =>
        sql`update attachments set multiattach = false where volume_id = ${shared} and server_id = ${web1}`,
    );
    expect(refused).toBe('attachment_of_volume');
  });

  it('an attachment does not move to a second server', async () => {
    const refused = await refusedBy(async (sql) => {
      await hold(sql, single, web1, FOREIGN);
      await sql`update attachments set instance_id = ${web2} where id = ${FOREIGN}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('a volume that was made multiattach for a second server does not become single again', async () => {
    const refused = await refusedBy(async (sql) => {
      await sql`update volumes set multiattach = true where id = ${single}`;
      await attach(sql, single, web2, { multiattach: true });
      await sql`update volumes set multiattach = false where id = ${single}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('an attachment that has gone does not come back beside its successor', async () => {
    const refused = await refusedBy(async (sql) => {
      await sql`update attachments set deleted_at = now(), attach_status = 'detached' where id = ${singleAttachment}`;
      await attach(sql, single, web2);
      await sql`update attachments set deleted_at = null, attach_status = 'attached' where id = ${singleAttachment}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('a reservation for somebody else counts, also for an instance nobody knows and for none', async () => {
    for (const instance of [web2, FOREIGN, null]) {
      const refused = await refusedBy((sql) => hold(sql, single, instance, FOREIGN));
      expect(refused).toBe('attachment_one_instance_per_volume');
    }
  });

  it('two reservations for nobody are two', async () => {
    const refused = await refusedBy(async (sql) => {
      await hold(sql, free, null, BDM);
      await hold(sql, free, null, FOREIGN);
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('of two writers at once, one waits for the other and is then refused', async () => {
    const outcomes = await Promise.allSettled([
      database.sql.begin((sql) => attach(sql, free, web1)),
      database.sql.begin((sql) => attach(sql, free, web2, { bdm_id: FOREIGN })),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await database.sql`delete from attachments where volume_id = ${free}`;
  });

  it('one instance may have two records: a live migration does', async () => {
    await trying((sql) => hold(sql, single, web1, FOREIGN));
  });

  it('a multiattach volume may have many', async () => {
    await trying((sql) => hold(sql, shared, FOREIGN, FOREIGN));
  });
});

describe('one server', () => {
  it('has a volume once', async () => {
    expect(await refusedBy((sql) => attach(sql, shared, web1))).toBe('attachment_pair_once');
    expect(await refusedBy((sql) => attach(sql, single, web1))).toBe('attachment_pair_once');
  });

  it('has a device once', async () => {
    expect(await refusedBy((sql) => attach(sql, free, web1, { device: '/dev/vdb' }))).toBe(
      'attachment_device_once',
    );
  });

  it('has one root', async () => {
    const refused = await refusedBy(async (sql) => {
      await sql`update attachments set boot_index = 0 where id = ${singleAttachment}`;
      await attach(sql, free, web1, { boot_index: 0 });
    });
    expect(refused).toBe('attachment_one_root');
  });

  it('may have again what it has let go', async () => {
    await trying(async (sql) => {
      await sql`update attachments set deleted_at = now(), attach_status = 'detached' where id = ${singleAttachment}`;
      await attach(sql, single, web1, { device: '/dev/vdb' });
    });
  });

  it('is exempt where another cloud had broken the rule already, and that is said', async () => {
    await trying((sql) => attach(sql, single, web2, { quarantine: 'two servers hold it' }));
    await trying((sql) => attach(sql, shared, web1, { quarantine: 'twice on one server' }));
    await trying((sql) => attach(sql, free, web1, { device: '/dev/vdb', quarantine: 'device twice' }));
  });
});

/** What is refused, by which constraint. */
const ATTACHMENTS: [string, Partial<AttachmentColumns>, string][] = [
  ['neither side', { attach_status: null, server_id: null, bdm_id: null }, 'attachment_has_a_side'],
  ['a mapping without a server', { server_id: null }, 'attachment_compute_side'],
  ['a server without a mapping', { bdm_id: null }, 'attachment_compute_side'],
  ['two sides that name different servers', { instance_id: FOREIGN }, 'attachment_same_instance'],
  ['two sides of which one names nobody', { instance_id: null }, 'attachment_same_instance'],
  ['detached, yet there', { attach_status: 'detached' }, 'attachment_live_is_not_detached'],
  [
    'a device without a server',
    { server_id: null, bdm_id: null, device: '/dev/vdz' },
    'attachment_device_has_server',
  ],
  ['a status nobody knows', { attach_status: 'gone' }, '22P02'],
  ['a volume nobody knows', { volume_id: FOREIGN }, 'attachment_of_volume'],
  [
    'a server nobody knows',
    { server_id: FOREIGN, instance_id: FOREIGN },
    'attachments_server_id_servers_id_fk',
  ],
];

describe('an attachment', () => {
  it.each(ATTACHMENTS)('%s', async (_, given, constraint) => {
    expect(await refusedBy((sql) => attach(sql, free, web1, given))).toBe(constraint);
  });

  it('does not share its mapping with another', async () => {
    const refused = await refusedBy(async (sql) => {
      await sql`update attachments set bdm_id = ${BDM} where id = ${singleAttachment}`;
      await attach(sql, free, web1);
    });
    expect(refused).toBe('attachment_bdm');
  });

  it('outlives neither its volume nor its server', async () => {
    expect(await refusedBy((sql) => sql`delete from volumes where id = ${single}`)).toBe(
      'attachment_of_volume',
    );
    expect(await refusedBy((sql) => sql`delete from servers where id = ${web1}`)).toBe(
      'attachments_server_id_servers_id_fk',
    );
  });
});

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
    (sql) => sql`update volumes set deleted_at = now() where id = ${single}`,
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
      values (${BDM}, ${free}, ${project}, 0, 'available')`,
    'snapshot_size_positive',
  ],
  [
    'a snapshot that is 101 % done',
    (sql) => sql`insert into snapshots (id, volume_id, project_id, size_gib, status, progress)
      values (${BDM}, ${free}, ${project}, 1, 'available', 101)`,
    'snapshot_progress_percent',
  ],
  [
    'two volume types of one name',
    (sql) =>
      sql`insert into volume_types (id, name) select ${BDM}, name from volume_types where id = ${type}`,
    'volume_types_name_unique',
  ],
  ['a volume whose type goes', (sql) => sql`delete from volume_types where id = ${type}`, 'volume_has_type'],
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
      values (${project}, 'volume', 'gigabytes', -2)`,
    'quota_unlimited_or_positive',
  ],
  [
    'a quota of an unknown service',
    (sql) => sql`insert into quotas (project_id, service, resource, hard_limit)
      values (${project}, 'network', 'ports', 1)`,
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
    expect(await refusedBy(write)).toBe(constraint);
  });
});

interface OperationColumns {
  phase: string | null;
  outcome: string | null;
  reason: string | null;
  ended_at: Date | null;
}

function operate(sql: TransactionSql, id: string, given: Partial<OperationColumns>) {
  const row = { phase: 'connect', outcome: 'running', reason: null, ended_at: null, ...given };
  return sql`insert into operations ${sql({
    id,
    request_id: 'req-1',
    action: 'volume.attach',
    user_id: 'user-1',
    user_name: 'demo',
    project_id: project,
    attachment_id: singleAttachment,
    ...row,
  })}`;
}

const END = new Date();

const OPERATIONS: [string, Partial<OperationColumns>, string][] = [
  ['ended without an outcome', { ended_at: END }, 'operation_ended_has_outcome'],
  ['with an outcome, but not ended', { outcome: 'succeeded', phase: null }, 'operation_ended_has_outcome'],
  ['running, but in no phase', { phase: null }, 'operation_running_has_phase'],
  ['failed for no reason', { outcome: 'failed', phase: null, ended_at: END }, 'operation_failed_has_reason'],
  ['in an unknown phase', { phase: 'somewhere' }, '22P02'],
  // Not null.
  ['without any outcome', { outcome: null }, '23502'],
];

describe('an operation', () => {
  it.each(OPERATIONS)('%s', async (_, given, constraint) => {
    expect(await refusedBy((sql) => operate(sql, BDM, given))).toBe(constraint);
  });

  it('is alone with its attachment while it runs', async () => {
    const refused = await refusedBy(async (sql) => {
      await operate(sql, BDM, {});
      await operate(sql, FOREIGN, {});
    });
    expect(refused).toBe('operation_one_running');
  });

  it('follows others that have ended', async () => {
    await trying(async (sql) => {
      await operate(sql, BDM, {
        outcome: 'failed',
        phase: null,
        reason: 'no path to storage',
        ended_at: END,
      });
      await operate(sql, FOREIGN, {});
    });
  });
});
