import { describe, expect, it } from 'vitest';
import type { Database } from '~/db/client';
import { loadDemoCloud } from '~/db/seed';
import { bringIn, everything } from './import-scene';
import { countRows, openTestCloud, TEST_KEY } from './test-cloud';
import { change, IDS, remove, soundCloud } from './test-documents';

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
    await expect.poll(() => heard.at(-1), { timeout: 60_000 }).toBe('"end"');
    expect(heard).toEqual(['"reset"', '"end"']);
    expect(await countRows(database, `changes where kind = 'volume'`)).toBe(4);
    await unlisten();
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
