import { describe, expect, it } from 'vitest';
import { unseal } from '~/db/seal';
import { bringIn, everything } from './import-scene';
import { openTestCloud, TEST_KEY } from './test-cloud';
import { change, IDS, soundCloud } from './test-documents';

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
