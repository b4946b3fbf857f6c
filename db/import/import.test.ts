import { describe, expect, it } from 'vitest';
import type { Database } from '~/db/client';
import { unseal } from '~/db/seal';
import { ensureFirstAdmin, loadDemoCloud } from '~/db/seed';
import { type ImportReport, importInventory } from './import-inventory';
import { takeInventory } from './inventory';
import { countRows, openTestCloud, TEST_KEY } from './test-cloud';
import {
  attachmentDocument,
  type Cloud,
  change,
  diskDocument,
  filesOf,
  IDS,
  remove,
  soundCloud,
} from './test-documents';

function bringIn(database: Database, cloud: object): Promise<ImportReport> {
  return importInventory(database, TEST_KEY, takeInventory(filesOf(cloud)));
}

/** Every row of every table, as text: what must not change when nothing changes. */
async function everything(database: Database): Promise<Record<string, unknown>> {
  const tables = await database.sql`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const dump: Record<string, unknown> = {};
  for (const { name } of tables) {
    dump[name] = await database.sql`select t::text as row from ${database.sql(name)} t order by 1`;
  }
  return dump;
}

/** Detaches `data` from web, as somebody working here would have done since the import. */
async function detachHere(database: Database): Promise<void> {
  await database.sql`
    update attachments set deleted_at = now(), attach_status = 'detached', connection_info = null
    where id = ${IDS.dataOnWeb}`;
  await database.sql`update volumes set status = 'available', attach_status = 'detached' where id = ${IDS.data}`;
}

describe('importing a cloud', () => {
  it('brings in every document and says so', async () => {
    const database = await openTestCloud();
    const report = await bringIn(database, soundCloud());
    expect(report.documents.server).toEqual({
      documents: 3,
      new: 3,
      unchanged: 0,
      changed: 0,
      documentOnly: 0,
    });
    expect(report.documents.role.documentOnly).toBe(1);
    expect(report.rows.attachments).toEqual({ new: 3, unchanged: 0, changed: 0 });
    const documents = Object.values(report.documents).reduce((sum, each) => sum + each.documents, 0);
    expect(await countRows(database, 'imported_documents')).toBe(documents);
  });

  it('changes nothing the second time', async () => {
    const database = await openTestCloud();
    const first = await bringIn(database, soundCloud());
    const before = await everything(database);
    const second = await bringIn(database, soundCloud());
    expect(await everything(database)).toEqual(before);
    expect(second.findings).toEqual(first.findings);
    expect(second.changes).toEqual([]);
    for (const tally of Object.values(second.rows)) expect(tally).toMatchObject({ new: 0, changed: 0 });
    for (const kind of Object.values(second.documents)) expect(kind).toMatchObject({ new: 0, changed: 0 });
  });

  it('changes nothing the second time either where much is wrong', async () => {
    const database = await openTestCloud();
    await loadDemoCloud(database, TEST_KEY);
    const cloud = soundCloud();
    change(cloud.servers, IDS.db, { user_id: 'cafe', tenant_id: 'beef', 'OS-EXT-SRV-ATTR:host': 'gone' });
    change(cloud.volumes, IDS.free, { volume_type: null, volume_type_id: null, status: 'sleeping' });
    change(cloud.volumeAttachments, IDS.dataOnWeb, { volumeId: IDS.free });
    cloud.projects.push({ id: 'p-demo', name: 'demo' });
    const first = await bringIn(database, cloud);
    const before = await everything(database);
    const second = await bringIn(database, cloud);
    expect(await everything(database)).toEqual(before);
    expect(second.findings).toEqual(first.findings);
    expect(second.changes).toEqual([]);
  });

  it('leaves alone what has happened here since, as long as the source says the same', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    await detachHere(database);
    await bringIn(database, soundCloud());
    expect(await countRows(database, `volumes where id = '${IDS.data}' and status = 'available'`)).toBe(1);
    expect(
      await countRows(database, `attachments where id = '${IDS.dataOnWeb}' and deleted_at is null`),
    ).toBe(0);
  });

  it('follows the source where that has changed, and names the columns', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    const later = soundCloud();
    change(later.servers, IDS.db, { name: 'db-renamed' });
    change(later.volumes, IDS.data, { status: 'available', size: 20 });
    change(later.servers, IDS.web, { 'os-extended-volumes:volumes_attached': [{ id: IDS.shared }] });
    remove(later.attachments, IDS.dataOnWeb);
    remove(later.volumeAttachments, IDS.dataOnWeb);

    const report = await bringIn(database, later);
    expect(report.changes).toContainEqual({ table: 'servers', key: IDS.db, columns: ['name'] });
    expect(report.findings.map((each) => [each.rule, each.objectId])).toEqual([
      ['attachment.no-longer-listed', IDS.dataOnWeb],
    ]);
    const [ended] = await database.sql`select * from attachments where id = ${IDS.dataOnWeb}`;
    expect(ended).toMatchObject({ attach_status: 'detached', connection_info: null });
    expect(ended?.deleted_at).toBeInstanceOf(Date);
    const [volume] =
      await database.sql`select status, attach_status, size_gib from volumes where id = ${IDS.data}`;
    expect(volume).toEqual({ status: 'available', attach_status: 'detached', size_gib: 20 });

    const before = await everything(database);
    await bringIn(database, later);
    expect(await everything(database)).toEqual(before);
  });

  it('takes a finding back when the source has been put right', async () => {
    const database = await openTestCloud();
    const ill = soundCloud();
    change(ill.volumes, IDS.free, { status: 'error' });
    await bringIn(database, ill);
    expect(await countRows(database, 'import_findings')).toBe(1);
    await bringIn(database, soundCloud());
    expect(await countRows(database, 'import_findings')).toBe(0);
  });

  it('tells running servers to read again, and nothing when nothing changed', async () => {
    const database = await openTestCloud();
    const heard: string[] = [];
    const { unlisten } = await database.sql.listen('mooring_changes', (payload) => heard.push(payload));
    await bringIn(database, soundCloud());
    await bringIn(database, soundCloud());
    // Notifications come in the order of their transactions: with this one, all earlier ones are here.
    await database.sql.notify('mooring_changes', '"end"');
    await expect.poll(() => heard.at(-1)).toBe('"end"');
    expect(heard).toEqual(['"reset"', '"end"']);
    expect(await countRows(database, `changes where kind = 'volume'`)).toBe(4);
    await unlisten();
  });
});

describe('secrets', () => {
  it('are sealed wherever they are kept, and opened with the key', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    const [row] = await database.sql`select connection_info from attachments where id = ${IDS.dataOnWeb}`;
    const opened = await unseal(TEST_KEY, row?.connection_info);
    expect(opened).toMatchObject({ auth_password: `chap of ${IDS.dataOnWeb}` });
    expect(JSON.stringify(await everything(database))).not.toContain('chap of');
  });

  it('that have changed are noticed although nobody can read them', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    const later = soundCloud();
    change(later.attachments, IDS.dataOnWeb, {
      connection_info: { access_mode: 'rw', auth_password: 'new' },
    });
    const report = await bringIn(database, later);
    expect(report.changes).toEqual([
      { table: 'attachments', key: IDS.dataOnWeb, columns: ['connectionInfo'] },
    ]);
  });
});

describe('older microversions', () => {
  it('join by volume and server where attachments are not named', async () => {
    const database = await openTestCloud();
    const cloud = soundCloud();
    for (const disk of cloud.volumeAttachments) {
      delete disk.attachment_id;
      delete disk.bdm_uuid;
    }
    const report = await bringIn(database, cloud);
    expect(report.attachments).toEqual({ both: 3, storageOnly: 0, computeOnly: 0 });
    expect(report.findings).toEqual([]);
  });

  it('do with the volumes that a server lists where nobody asked for its attachments', async () => {
    const database = await openTestCloud();
    const { volumeAttachments: _unasked, ...cloud } = soundCloud();
    const report = await bringIn(database, cloud);
    expect(report.attachments).toEqual({ both: 3, storageOnly: 0, computeOnly: 0 });
    expect(report.findings).toEqual([]);
  });
});

describe('what no API says', () => {
  it('the root volume is the one on the root device of a server without an image', async () => {
    const database = await openTestCloud();
    const cloud = soundCloud();
    change(cloud.servers, IDS.web, { image: '' });
    change(cloud.volumeAttachments, IDS.dataOnWeb, { device: '/dev/vda' });
    await bringIn(database, cloud);
    const roots = await database.sql`select id from attachments where boot_index = 0`;
    expect(roots).toEqual([{ id: IDS.dataOnWeb }]);
  });

  it.each([
    ['its owner', IDS.user, 'owner'],
    ['somebody else', 'operator', 'admin'],
  ])('a server locked by %s is locked by the %s', async (_who, userId, lockedBy) => {
    const database = await openTestCloud();
    const cloud = soundCloud();
    change(cloud.servers, IDS.web, { locked: true, locked_reason: 'audit' });
    cloud.instanceActions.push({
      action: 'lock',
      instance_uuid: IDS.web,
      request_id: 'req-lock',
      user_id: userId,
      start_time: '2026-03-01T13:00:00.000000',
    });
    await bringIn(database, cloud);
    const [server] = await database.sql`select locked_by, locked_reason from servers where id = ${IDS.web}`;
    expect(server).toEqual({ locked_by: lockedBy, locked_reason: 'audit' });
  });

  it('a volume is read-only when its metadata says so, and the note is not metadata', async () => {
    const database = await openTestCloud();
    const cloud = soundCloud();
    change(cloud.volumes, IDS.free, { metadata: { readonly: 'True', attached_mode: 'rw', owner: 'sam' } });
    await bringIn(database, cloud);
    const [volume] = await database.sql`select readonly, metadata from volumes where id = ${IDS.free}`;
    expect(volume).toEqual({ readonly: true, metadata: { owner: 'sam' } });
  });
});

describe('importing next to what is there', () => {
  it('keeps names, ids and passwords of those who were here first', async () => {
    const database = await openTestCloud();
    await loadDemoCloud(database, TEST_KEY);
    const passwords = await database.sql`select id, name, password_hash from users order by id`;
    const cloud = soundCloud();
    cloud.projects.push({ id: 'p-admin', name: 'admin' });
    cloud.users.push({ id: 'u-admin', name: 'admin' });
    change(cloud.flavors, '1', { name: 'c9.huge', ram: 1_000_000 });

    const report = await bringIn(database, cloud);
    expect(report.findings.map((each) => [each.rule, each.objectId]).sort()).toEqual([
      ['flavor.id-taken', '1'],
      ['project.name-taken', 'p-admin'],
      ['user.name-taken', 'u-admin'],
      ['volume-type.name-taken', IDS.plain],
      ['volume-type.name-taken', IDS.multiattach],
    ]);
    expect(await countRows(database, `flavors where id = '1' and name = 'm1.tiny' and ram_mib = 64`)).toBe(1);
    expect(await countRows(database, `servers where flavor->>'name' = 'c9.huge'`)).toBe(3);
    const ids = passwords.map((each) => each.id as string);
    expect(
      await database.sql`select id, name, password_hash from users where id in ${database.sql(ids)} order by id`,
    ).toEqual(passwords);
  });

  it('never takes a password away from a user who comes again', async () => {
    const database = await openTestCloud();
    const cloud = soundCloud();
    change(cloud.users, IDS.user, { name: 'admin' });
    await bringIn(database, cloud);
    await ensureFirstAdmin(database, 'correct horse');
    change(cloud.users, IDS.user, { email: 'admin@example.org' });
    await bringIn(database, cloud);
    expect(await countRows(database, `users where email is not null and password_hash is not null`)).toBe(1);
  });

  it('quarantines an attachment of a volume that is held by a server here', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    const here = '30000000-0000-4000-8000-0000000000aa';
    await database.sql`
      insert into attachments (id, volume_id, multiattach, attach_status, instance_id, server_id, bdm_id, device)
      values (${here}, ${IDS.free}, false, 'attached', ${IDS.web}, ${IDS.web}, ${here}, '/dev/vdd')`;
    const later = soundCloud();
    const there = '30000000-0000-4000-8000-0000000000bb';
    later.attachments.push(attachmentDocument(there, IDS.free, IDS.db));
    later.volumeAttachments.push(diskDocument(there, IDS.free, IDS.db, '/dev/vdb'));
    change(later.volumes, IDS.free, { status: 'in-use' });
    change(later.servers, IDS.db, { 'os-extended-volumes:volumes_attached': [{ id: IDS.free }] });
    const report = await bringIn(database, later);
    expect(report.findings.map((each) => [each.rule, each.objectId])).toEqual([
      ['attachment.held-twice', there],
    ]);
  });

  it('does not touch a volume that an operation is working on', async () => {
    const database = await openTestCloud();
    await bringIn(database, soundCloud());
    await database.sql`
      insert into operations (id, request_id, action, user_id, user_name, project_id, volume_id, volume_name, phase, outcome)
      values (gen_random_uuid(), 'req-1', 'volume.attach', 'u', 'sam', ${IDS.project}, ${IDS.free}, 'free', 'connect', 'running')`;
    const before = await everything(database);
    const later = soundCloud();
    change(later.volumes, IDS.free, { status: 'error' });
    await expect(bringIn(database, later)).rejects.toThrow('volume.attach is working on it');
    expect(await everything(database)).toEqual(before);
    await expect(bringIn(database, soundCloud())).resolves.toBeDefined();
  });
});

describe('a failure half-way', () => {
  it.each<[string, (cloud: Cloud) => void]>([
    [
      'two disks with one mapping',
      (cloud) =>
        change(cloud.volumeAttachments, IDS.sharedOnWeb, {
          bdm_uuid: '31000000-0000-4000-8000-000000000001',
        }),
    ],
    [
      'a limit out of range',
      (cloud) => Object.assign(cloud, { quota_set: { id: IDS.project, volumes: { limit: -7 } } }),
    ],
  ])('leaves nothing behind: %s', async (_name, spoil) => {
    const database = await openTestCloud();
    const before = await everything(database);
    const cloud = soundCloud();
    spoil(cloud);
    await expect(bringIn(database, cloud)).rejects.toThrow(
      /The database refuses a row: .* Nothing was imported/,
    );
    expect(await everything(database)).toEqual(before);
  });
});
