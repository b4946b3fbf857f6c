/**
 * What a server has as a disk is taken from it over the volume API by a service alone.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeServer, makeVolume } from '~/db/factories';
import { fault } from '~/server/testing/rest';
import { AT, ATTACHMENTS, CONNECTOR, openAttachmentApi } from '~/server/testing/rest-attachments';

const here = openAttachmentApi();
const { complete, create, list, statusOf } = here;

/** A server with a volume, as the compute side gave it to it. */
async function diskOfServer() {
  const { database } = here.cloud.runtime;
  const { projectId, host } = here.cloud;
  const server = await makeServer(database, { projectId, host });
  const volume = await makeVolume(database, { projectId });
  const { id } = await makeAttachment(database, volume, { serverId: server.id, device: '/dev/vdb' });
  // As a host would have connected it.
  const connected = await here.cloud.ask(
    'admin',
    'PUT',
    `${ATTACHMENTS}/${id}`,
    { attachment: { connector: CONNECTOR } },
    AT,
  );
  expect(connected.status).toBe(200);
  expect((await complete(id)).status).toBe(204);
  return { server, volume, attachmentId: id };
}

describe('detach protection', () => {
  it('keeps a disk of a server from members and administrators, and lets a service pass', async () => {
    const { volume, attachmentId } = await diskOfServer();
    const path = `${ATTACHMENTS}/${attachmentId}`;
    const protectedFrom = async (person: 'member' | 'admin') => {
      const { status, body } = await here.cloud.ask(person, 'DELETE', path, undefined, AT);
      return [status, body];
    };
    const conflict = [409, { conflictingRequest: { code: 409, message: expect.any(String) } }];
    expect(await protectedFrom('member')).toEqual(conflict);
    expect(await protectedFrom('admin')).toEqual(conflict);
    expect(await statusOf(volume)).toEqual(['in-use', 'attached']);
    const action = `/volume/v3/volumes/${volume.id}/action`;
    for (const body of [
      { 'os-detach': { attachment_id: attachmentId } },
      { 'os-detach': {} },
      { 'os-terminate_connection': { connector: CONNECTOR } },
    ])
      expect(fault(await here.cloud.ask('member', 'POST', action, body))).toEqual([
        409,
        'conflictingRequest',
      ]);
    const force = { 'os-force_detach': { attachment_id: attachmentId, connector: null } };
    expect(fault(await here.cloud.ask('member', 'POST', action, force))).toEqual([403, 'forbidden']);
    expect(fault(await here.cloud.ask('admin', 'POST', action, force))).toEqual([409, 'conflictingRequest']);

    const forged = await here.cloud.ask('member', 'DELETE', path, undefined, {
      ...AT,
      serviceToken: 'forged',
    });
    const roleless = await here.cloud.ask('member', 'DELETE', path, undefined, {
      ...AT,
      serviceToken: 'roleless',
    });
    expect([forged.status, roleless.status]).toEqual([401, 401]);
    const good = await here.cloud.ask('member', 'DELETE', path, undefined, { ...AT, serviceToken: 'good' });
    expect([good.status, good.body]).toEqual([200, { attachments: [] }]);
    expect(await statusOf(volume)).toEqual(['available', 'detached']);
  });

  it('lets go what no server has: recorded by os-attach, or of an instance that is not known', async () => {
    const recorded = await here.cloud.newVolume();
    const action = `/volume/v3/volumes/${recorded.id}/action`;
    const mark = { 'os-attach': { instance_uuid: randomUUID(), mountpoint: '/dev/vdc' } };
    expect((await here.cloud.ask('member', 'POST', action, mark)).status).toBe(202);
    const [row] = ((await list(`volume_id=${recorded.id}`)).body as { attachments: { id: string }[] })
      .attachments;
    const path = `${ATTACHMENTS}/${row?.id}`;
    expect((await here.cloud.ask('member', 'GET', path, undefined, AT)).body).toMatchObject({
      attachment: { status: 'attached', attach_mode: 'rw', connection_info: null },
    });
    expect((await here.cloud.ask('member', 'DELETE', path, undefined, AT)).status).toBe(200);

    const foreign = await here.cloud.newVolume();
    const id = (await create(foreign, { instance_uuid: randomUUID(), connector: CONNECTOR })).textAt(
      'attachment',
      'id',
    );
    await complete(id);
    expect((await here.cloud.ask('member', 'DELETE', `${ATTACHMENTS}/${id}`, undefined, AT)).status).toBe(
      200,
    );
  });
});
