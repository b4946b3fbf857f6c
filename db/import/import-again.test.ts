import { describe, expect, it } from 'vitest';
import { ensureFirstAdmin, loadDemoCloud } from '~/db/seed';
import { bringIn, everything } from './import-scene';
import { countRows, openTestCloud, TEST_KEY } from './test-cloud';
import { attachmentDocument, type Cloud, change, diskDocument, IDS, soundCloud } from './test-documents';

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
