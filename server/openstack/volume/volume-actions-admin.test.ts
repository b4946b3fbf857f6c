/**
 * What administrators do to a volume over the volume API: reset, detach by force, migrate, forget.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAttachment } from '~/db/factories';
import { fault } from '~/server/testing/rest';
import { CONNECTOR, openActionApi } from '~/server/testing/rest-volume-actions';
import { NOWHERE } from '~/server/testing/rest-volumes';
import { eventually } from '~/server/testing/test-cloud';

const here = openActionApi();
const { act, newVolume, shown, until } = here;

describe('an administrator', () => {
  it('resets statuses, in any case, and so forgets attachments', async () => {
    const volume = await newVolume();
    const reset = (value: object) => act(volume, { 'os-reset_status': value }, 'admin');
    expect((await reset({ status: 'In-Use' })).status).toBe(400);
    expect((await reset({ status: 'ERROR_extending', attach_status: '' })).status).toBe(202);
    expect((await shown(volume)).status).toBe('error_extending');
    expect((await reset({ migration_status: 'migrating' })).status).toBe(202);
    expect((await shown(volume)).migration_status).toBe('migrating');
    const all = { status: 'available', attach_status: 'detached', migration_status: 'none' };
    expect((await reset(all)).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', migration_status: null });

    await makeAttachment(here.cloud.runtime.database, volume, { serverId: null, attachStatus: 'attached' });
    expect((await reset({ status: 'available' })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [{}] });
    expect((await reset({ attach_status: 'detached' })).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [] });
  });

  it('detaches by force, and waits until storage has taken the export back', async () => {
    const volume = await newVolume();
    const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID(), connector: CONNECTOR };
    const created = await here.cloud.ask(
      'member',
      'POST',
      '/volume/v3/attachments',
      { attachment },
      {
        microversion: '3.70',
      },
    );
    const id = created.textAt('attachment', 'id');
    for (const unknown of ['x', NOWHERE]) {
      const body = { 'os-force_detach': { attachment_id: unknown, connector: null } };
      expect(fault(await act(volume, body, 'admin'))).toEqual([409, 'conflictingRequest']);
    }
    const body = { 'os-force_detach': { attachment_id: id, connector: CONNECTOR } };
    expect((await act(volume, body, 'admin')).status).toBe(202);
    expect(await shown(volume)).toMatchObject({ status: 'available', attachments: [] });
  });

  it('migrates to a pool, or to a backend', async () => {
    for (const host of ['b@other#pool', 'b@other']) {
      const volume = await newVolume();
      expect((await act(volume, { 'os-migrate_volume': { host } }, 'admin')).status).toBe(202);
      const now = await until(volume, { status: 'available', migration_status: 'success' });
      expect(now['os-vol-host-attr:host']).toBe('b@other#pool');
    }
  });

  it('completes a migration, and is told the volume that stays', async () => {
    const [volume, other] = [await newVolume(), await newVolume()];
    const complete = (new_volume: string) =>
      act(volume, { 'os-migrate_volume_completion': { new_volume } }, 'admin');
    expect(await complete(other.id)).toMatchObject({ status: 200, body: { save_volume_id: other.id } });
    expect((await complete(NOWHERE)).status).toBe(404);
  });

  it('forgets a volume, or deletes it by force', async () => {
    for (const action of ['os-unmanage', 'os-force_delete']) {
      const volume = await newVolume();
      expect((await act(volume, { [action]: {} }, 'admin')).status).toBe(202);
      await eventually(async () => ((await shown(volume)) === undefined ? true : undefined), 'it to be gone');
    }
  });
});
