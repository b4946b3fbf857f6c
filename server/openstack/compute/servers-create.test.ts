/**
 * New servers through the compute API: what is asked for, what is refused, and what is there then.
 */
import { describe, expect, it } from 'vitest';
import { perform } from '~/server/services/perform';
import { openServerApi, SERVERS } from '~/server/testing/rest-servers';
import { eventually } from '~/server/testing/test-cloud';

const here = openServerApi();
const { create, reaches, request } = here;

describe('a new server', () => {
  it('is accepted, and becomes ACTIVE', async () => {
    const told = await here.cloud.ask('member', 'POST', SERVERS, request({ adminPass: 'pass' }), {
      microversion: '2.93',
    });
    const id = told.textAt('server', 'id');
    expect(told.status).toBe(202);
    expect(told.headers.get('location')).toBe(`http://mooring.test/compute/v2.1/servers/${id}`);
    expect(told.body).toEqual({
      server: {
        id,
        links: [
          { rel: 'self', href: `http://mooring.test/compute/v2.1/servers/${id}` },
          { rel: 'bookmark', href: `http://mooring.test/compute/servers/${id}` },
        ],
        'OS-DCF:diskConfig': 'MANUAL',
        security_groups: [{ name: 'default' }],
        adminPass: 'pass',
      },
    });
    await reaches(id, 'ACTIVE');
  });

  it('shows what it was asked for', async () => {
    const id = await create({
      metadata: { role: 'db' },
      description: 'for the shop',
      tags: ['shop', 'db'],
      hostname: 'db-1',
      accessIPv4: '192.0.2.7',
      user_data: 'aGVsbG8=',
      config_drive: true,
      availability_zone: 'nova',
    });
    const shown = await here.cloud.ask('admin', 'GET', `${SERVERS}/${id}`, undefined, {
      microversion: '2.93',
    });
    expect(shown.body).toMatchObject({
      server: {
        metadata: { role: 'db' },
        description: 'for the shop',
        tags: ['shop', 'db'],
        accessIPv4: '192.0.2.7',
        config_drive: 'True',
        'OS-EXT-SRV-ATTR:hostname': 'db-1',
        'OS-EXT-SRV-ATTR:user_data': 'aGVsbG8=',
        'OS-EXT-SRV-ATTR:host': here.cloud.host,
        'OS-EXT-AZ:availability_zone': 'nova',
        host_status: 'UP',
        flavor: { original_name: expect.any(String) },
      },
    });
  });

  it('comes in numbers, as one reservation', async () => {
    const made = await here.cloud.ask(
      'member',
      'POST',
      SERVERS,
      request({ name: 'many', min_count: 2, max_count: 2, return_reservation_id: true }),
      { microversion: '2.93' },
    );
    expect(made.status).toBe(202);
    const reservation = made.textAt('reservation_id');
    const listed = await here.cloud.ask('member', 'GET', `${SERVERS}?reservation_id=${reservation}`);
    const names = (listed.body as { servers: { name: string }[] }).servers.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['many-1', 'many-2']);
  });

  it('comes in as many as there is room for', async () => {
    const { id: projectId } = here.cloud.altProject;
    const limit = (instances: number) =>
      perform(here.cloud.admin, { action: 'quota.update', id: projectId, input: { limits: { instances } } });
    const others = await here.cloud.ask('alt', 'GET', SERVERS);
    await limit((others.body as { servers: unknown[] }).servers.length + 3);
    const ask = async (min: number, max: number) => {
      const body = request({ name: 'few', min_count: min, max_count: max, networks: undefined });
      return (await here.cloud.ask('alt', 'POST', SERVERS, body)).status;
    };
    const names = async () => {
      const { body } = await here.cloud.ask(
        'alt',
        'GET',
        `${SERVERS}?name=few&sort_key=display_name&sort_dir=asc`,
      );
      return (body as { servers: { name: string }[] }).servers.map(({ name }) => name);
    };
    expect(await ask(4, 5)).toBe(403);
    await eventually(
      async () => ((await names()).length === 0 ? true : undefined),
      'those made are gone again',
    );
    expect(await ask(2, 5)).toBe(202);
    expect(await names()).toEqual(['few-1', 'few-2', 'few-3']);
    await limit(-1);
  });

  it('cannot share a volume with others of its request', async () => {
    const { id } = await here.cloud.newVolume({ bootable: true });
    const body = request({ imageRef: '', max_count: 2, block_device_mapping_v2: [volume(id)] });
    expect((await here.cloud.ask('member', 'POST', SERVERS, body, { microversion: '2.60' })).status).toBe(
      400,
    );
  });

  it.each([
    ['an unknown member', { nonsense: 1 }, '2.93'],
    ['a member before its version', { tags: ['a'] }, '2.51'],
    ['a member after its last version', { personality: [] }, '2.57'],
    ['no networks where they are needed', { networks: undefined }, '2.37'],
    ['a name with blanks around it', { name: ' web ' }, '2.1'],
    ['min_count above max_count', { min_count: 3, max_count: 2 }, '2.1'],
    ['an unknown flavor', { flavorRef: 'nope' }, '2.1'],
    ['an unknown image', { imageRef: '00000000-0000-4000-8000-000000000404' }, '2.1'],
    ['neither image nor volume', { imageRef: '' }, '2.1'],
    ['an unknown zone', { availability_zone: 'mars' }, '2.1'],
    ['an unknown network', { networks: [{ uuid: '00000000-0000-4000-8000-000000000404' }] }, '2.1'],
    ['an unknown key pair', { key_name: 'mine' }, '2.1'],
    ['an unknown security group', { security_groups: [{ name: 'mine' }] }, '2.1'],
    ['user data that is no Base64', { user_data: '???' }, '2.1'],
    [
      'an unknown volume',
      { block_device_mapping_v2: [volume('00000000-0000-4000-8000-000000000404')] },
      '2.1',
    ],
    ['metadata that is no text', { metadata: { a: 1 } }, '2.1'],
  ])('is refused with %s', async (_, changes, microversion) => {
    const told = await here.cloud.ask('member', 'POST', SERVERS, request(changes), { microversion });
    expect([told.status, told.body]).toEqual([
      400,
      { badRequest: { code: 400, message: expect.any(String) } },
    ]);
  });

  it('takes no more metadata than there is room for', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`key-${at}`, '']));
    const body = request({ metadata, networks: undefined });
    expect((await here.cloud.ask('member', 'POST', SERVERS, body)).status).toBe(403);
  });

  it('has its host chosen by administrators only', async () => {
    const choosing = request({ host: here.cloud.host });
    const of = async (person: 'member' | 'admin') =>
      (await here.cloud.ask(person, 'POST', SERVERS, choosing, { microversion: '2.74' })).status;
    expect([await of('member'), await of('admin')]).toEqual([403, 202]);
    const old = request({ networks: undefined, availability_zone: `nova:${here.cloud.host}` });
    expect((await here.cloud.ask('member', 'POST', SERVERS, old)).status).toBe(403);
  });

  it('boots from a volume, and shows no image', async () => {
    const root = await here.cloud.newVolume({ bootable: true });
    const id = await create({ imageRef: '', block_device_mapping_v2: [volume(root.id)] }, '2.60');
    const shown = await here.cloud.ask('member', 'GET', `${SERVERS}/${id}`, undefined, {
      microversion: '2.3',
    });
    expect(shown.body).toMatchObject({
      server: {
        image: '',
        'os-extended-volumes:volumes_attached': [{ id: root.id, delete_on_termination: false }],
      },
    });
  });

  it('boots from a volume in the old spelling', async () => {
    const root = await here.cloud.newVolume({ bootable: true });
    const mapping = [{ device_name: 'vda', volume_id: root.id, delete_on_termination: true }];
    const id = await create({ imageRef: undefined, block_device_mapping: mapping }, '2.60');
    const shown = await here.cloud.ask('member', 'GET', `${SERVERS}/${id}`, undefined, {
      microversion: '2.3',
    });
    expect(shown.body).toMatchObject({
      server: { 'os-extended-volumes:volumes_attached': [{ id: root.id, delete_on_termination: true }] },
    });
  });

  it('may share a volume from 2.60 on', async () => {
    const shared = await here.cloud.newVolume({ bootable: true, multiattach: true });
    const body = request({ imageRef: '', block_device_mapping_v2: [volume(shared.id)] });
    const at = async (microversion: string) =>
      (await here.cloud.ask('member', 'POST', SERVERS, body, { microversion })).status;
    expect([await at('2.59'), await at('2.60')]).toEqual([400, 202]);
  });
});

function volume(id: string) {
  return {
    boot_index: 0,
    uuid: id,
    source_type: 'volume',
    destination_type: 'volume',
    delete_on_termination: false,
  };
}

describe('who may', () => {
  const NOBODY = { nobody: 401, expired: 401, forged: 401, roleless: 401 };

  it('make servers: members', async () => {
    const bad = await here.cloud.askAll('POST', SERVERS, request({ imageRef: 'nonsense' }));
    // Bad input is told before anybody's role is looked at.
    expect(bad).toEqual({ ...NOBODY, alt: 400, reader: 400, member: 400, admin: 400 });
    const good = await here.cloud.askAll('POST', SERVERS, request(), { microversion: '2.93' });
    expect(good).toEqual({ ...NOBODY, alt: 202, reader: 403, member: 202, admin: 202 });
  });
});
