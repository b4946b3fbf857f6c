/**
 * Servers through the compute API: shown, changed, deleted.
 */
import { describe, expect, it } from 'vitest';
import { openServerApi, SERVERS } from '~/server/testing/rest-servers';
import { eventually } from '~/server/testing/test-cloud';

const here = openServerApi();
const { create, reaches, request } = here;

describe('a server', () => {
  it('shows at 2.1 what it has always shown', async () => {
    const { id } = await here.cloud.newServer({ name: 'old' });
    const { body } = await here.cloud.ask('member', 'GET', `${SERVERS}/${id}`);
    expect(Object.keys((body as { server: object }).server).toSorted()).toEqual(
      [
        'OS-DCF:diskConfig',
        'OS-EXT-AZ:availability_zone',
        'OS-EXT-STS:power_state',
        'OS-EXT-STS:task_state',
        'OS-EXT-STS:vm_state',
        'OS-SRV-USG:launched_at',
        'OS-SRV-USG:terminated_at',
        'accessIPv4',
        'accessIPv6',
        'addresses',
        'config_drive',
        'created',
        'flavor',
        'hostId',
        'id',
        'image',
        'key_name',
        'links',
        'metadata',
        'name',
        'os-extended-volumes:volumes_attached',
        'progress',
        'status',
        'tenant_id',
        'updated',
        'user_id',
      ].toSorted(),
    );
  });

  it('is unknown to another project, and by its name', async () => {
    const { id } = await here.cloud.newServer({ name: 'hidden' });
    const foreign = await here.cloud.ask('alt', 'GET', `${SERVERS}/${id}`);
    const named = await here.cloud.ask('member', 'GET', `${SERVERS}/hidden`);
    expect([foreign.status, named.status]).toEqual([404, 404]);
  });

  it('gets another name and description', async () => {
    const { id } = await here.cloud.newServer();
    const body = { server: { name: 'new name', description: 'new', accessIPv6: '2001:0db8:0::1' } };
    const told = await here.cloud.ask('member', 'PUT', `${SERVERS}/${id}`, body, { microversion: '2.93' });
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      server: { id, name: 'new name', description: 'new', accessIPv6: '2001:db8::1' },
    });
  });

  it('that no host takes is in ERROR, and says why', async () => {
    const specs = { extra_specs: { 'resources:CUSTOM_BAREMETAL': '1' } };
    await here.cloud.ask('admin', 'POST', '/compute/v2.1/flavors', {
      flavor: { id: 'metal', name: 'metal', ram: 64, vcpus: 1, disk: 1 },
    });
    await here.cloud.ask('admin', 'POST', '/compute/v2.1/flavors/metal/os-extra_specs', specs);
    const told = await here.cloud.ask('member', 'POST', SERVERS, request({ flavorRef: 'metal' }), {
      microversion: '2.37',
    });
    const id = told.textAt('server', 'id');
    await reaches(id, 'ERROR');
    expect((await here.cloud.ask('member', 'GET', `${SERVERS}/${id}`)).body).toMatchObject({
      server: {
        'OS-EXT-STS:vm_state': 'error',
        hostId: '',
        fault: {
          code: 500,
          message: expect.stringContaining('No host'),
          created: expect.stringMatching(/Z$/),
        },
      },
    });
  });

  it('that is locked is deleted by administrators only', async () => {
    const { id } = await here.cloud.newServer({ lockedBy: 'owner' });
    const of = async (person: 'member' | 'admin') =>
      (await here.cloud.ask(person, 'DELETE', `${SERVERS}/${id}`)).status;
    expect([await of('member'), await of('admin')]).toEqual([409, 204]);
  });

  it('is deleted', async () => {
    const id = await create();
    const told = await here.cloud.ask('member', 'DELETE', `${SERVERS}/${id}`);
    expect([told.status, told.body]).toEqual([204, null]);
    await eventually(async () => {
      const { status } = await here.cloud.ask('member', 'GET', `${SERVERS}/${id}`);
      return status === 404 ? true : undefined;
    }, 'it is gone');
  });
});

describe('who may', () => {
  const NOBODY = { nobody: 401, expired: 401, forged: 401, roleless: 401 };

  it('see a server: whoever is in its project', async () => {
    const { id } = await here.cloud.newServer();
    const told = await here.cloud.askAll('GET', `${SERVERS}/${id}`);
    expect(told).toEqual({ ...NOBODY, alt: 404, reader: 200, member: 200, admin: 200 });
  });

  it('change a server: members of its project', async () => {
    const { id } = await here.cloud.newServer();
    const told = await here.cloud.askAll('PUT', `${SERVERS}/${id}`, { server: { name: 'changed' } });
    expect(told).toEqual({ ...NOBODY, alt: 404, reader: 403, member: 200, admin: 200 });
  });

  it('delete a server: members of its project', async () => {
    const { id } = await here.cloud.newServer();
    const told = await here.cloud.askAll('DELETE', `${SERVERS}/${id}`);
    expect(told).toMatchObject({ ...NOBODY, alt: 404, reader: 403, member: 204 });
  });
});
