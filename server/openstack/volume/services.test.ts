/**
 * Services, hosts, pools and backends of storage over the wire.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '~/db/schema/compute';
import { pools } from '~/db/schema/volume';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  const { orm } = cloud.runtime.database;
  await orm.delete(pools);
  await orm.insert(services).values([
    { binary: 'cinder-scheduler', host: 'north', zone: 'nova' },
    { binary: 'cinder-volume', host: 'north@one', zone: 'nova' },
    { binary: 'cinder-volume', host: 'south@two', zone: 'nova', up: false },
    { binary: 'nova-compute', host: 'north', zone: 'nova' },
  ]);
  await orm.insert(pools).values([
    {
      name: 'north@one#one',
      totalGib: 100,
      freeGib: 60,
      capabilities: { volume_backend_name: 'one', storage_protocol: 'NVMe-oF', multiattach: true },
    },
    { name: 'south@two#two', capabilities: { volume_backend_name: 'two' } },
  ]);
  await cloud.newVolume({ pool: 'north@one#one', sizeGib: 3 });
  await cloud.newVolume({ pool: 'north@one#one', sizeGib: 4, projectId: cloud.altProject.id });
});
afterAll(() => cloud.close());

const volume = '/volume/v3';

async function listed(query = '', microversion = '3.0'): Promise<Record<string, unknown>[]> {
  const { body } = await cloud.ask('admin', 'GET', `${volume}/os-services${query}`, undefined, {
    microversion,
  });
  return (body as { services: Record<string, unknown>[] }).services;
}

function change(word: string, body: unknown) {
  return cloud.ask('admin', 'PUT', `${volume}/os-services/${word}`, body);
}

describe('services', () => {
  it('are those of storage, with what each version tells', async () => {
    const [scheduler, one, two] = await listed();
    expect(scheduler).toEqual({
      binary: 'cinder-scheduler',
      host: 'north',
      zone: 'nova',
      status: 'enabled',
      state: 'up',
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
      disabled_reason: null,
    });
    expect(one).toMatchObject({ host: 'north@one', frozen: false, replication_status: 'disabled' });
    expect(two).toMatchObject({ host: 'south@two', state: 'down' });
    expect(one).not.toHaveProperty('cluster');
    const [, newest] = await listed('', '3.49');
    expect(newest).toMatchObject({ cluster: null, backend_state: 'up' });
  });

  it('are found by host, with or without the backend, and by what they are', async () => {
    expect((await listed('?host=north')).map(({ binary }) => binary)).toEqual([
      'cinder-scheduler',
      'cinder-volume',
    ]);
    expect((await listed('?host=north@one')).map(({ binary }) => binary)).toEqual(['cinder-volume']);
    expect(await listed('?host=north&binary=cinder-scheduler')).toHaveLength(1);
    expect(await listed('?binary=nova-compute')).toEqual([]);
  });

  it('are put out of use with a reason, and back', async () => {
    const service = { host: 'north@one', binary: 'cinder-volume' };
    const both = { ...service, service: 'cinder-volume' };
    const off = await change('disable-log-reason', { ...service, disabled_reason: 'new disks' });
    expect(off.body).toEqual({ ...both, disabled: true, status: 'disabled', disabled_reason: 'new disks' });
    expect(await listed('?host=north@one')).toMatchObject([
      { status: 'disabled', disabled_reason: 'new disks' },
    ]);
    expect((await cloud.ask('admin', 'GET', `${volume}/os-hosts/north@one`)).status).toBe(404);
    const on = await change('enable', { host: 'north@one', service: 'cinder-volume' });
    expect(on.body).toEqual({ ...both, disabled: false, status: 'enabled', disabled_reason: null });
    expect((await change('disable', service)).body).toEqual({ ...both, disabled: true, status: 'disabled' });
    await change('enable', service);
  });

  it('are told of in the audit trail, whatever is changed', async () => {
    const service = { host: 'south@two', binary: 'cinder-volume' };
    await change('disable-log-reason', { ...service, disabled_reason: 'moves house' });
    await change('enable', service);
    await change('freeze', { host: 'south@two' });
    await change('thaw', { host: 'south@two' });
    await change('freeze', { host: 'nowhere' });
    const rows = await cloud.runtime.database.sql`
      select action, outcome, user_id, input, (select message from operation_steps where operation_id = o.id) as message
      from operations o where service_id = 'cinder-volume@south@two' order by started_at`;
    const userId = expect.any(String);
    expect(rows).toEqual([
      {
        action: 'storage-service.disable',
        outcome: 'succeeded',
        user_id: userId,
        input: { reason: 'moves house' },
        message: 'Service cinder-volume on south@two is out of use: moves house',
      },
      {
        action: 'storage-service.enable',
        outcome: 'succeeded',
        user_id: userId,
        input: {},
        message: 'Service cinder-volume on south@two is in use',
      },
      {
        action: 'storage-service.freeze',
        outcome: 'succeeded',
        user_id: userId,
        input: {},
        message: 'Backend south@two is frozen',
      },
      {
        action: 'storage-service.thaw',
        outcome: 'succeeded',
        user_id: userId,
        input: {},
        message: 'Backend south@two is given work again',
      },
    ]);
    const [row] = await cloud.runtime.database.sql`
      select enabled, frozen, disabled_reason from services where host = 'south@two'`;
    expect(row).toEqual({ enabled: true, frozen: false, disabled_reason: null });
  });

  it('are frozen and thawed without a word', async () => {
    for (const [word, frozen] of [
      ['freeze', true],
      ['thaw', false],
    ] as const) {
      expect(await change(word, { host: 'north@one' })).toMatchObject({ status: 200, body: null });
      expect(await listed('?host=north@one')).toMatchObject([{ frozen }]);
    }
  });

  it.each([
    ['enable', { host: 'nowhere', binary: 'cinder-volume' }, 404],
    ['disable', { host: 'north@one', binary: 'other' }, 404],
    ['disable', { host: 'north', binary: 'nova-compute' }, 404],
    ['enable', { host: 'north@one' }, 400],
    ['enable', { binary: 'cinder-volume' }, 400],
    ['disable-log-reason', { host: 'north@one', binary: 'cinder-volume', disabled_reason: null }, 400],
    ['disable-log-reason', { host: 'north@one', binary: 'cinder-volume', disabled_reason: ' ' }, 400],
    ['freeze', { host: 'nowhere' }, 400],
    ['thaw', { host: 'nowhere' }, 400],
    ['failover_host', { host: 'north@one' }, 400],
    ['polish', { host: 'north@one' }, 404],
    ['enable', undefined, 400],
  ])('%s %j: %d', async (word, body, status) => {
    expect((await change(word, body)).status).toBe(status);
  });
});

describe('hosts', () => {
  it('are listed with their services', async () => {
    const { body } = await cloud.ask('admin', 'GET', `${volume}/os-hosts`);
    expect((body as { hosts: unknown[] }).hosts).toContainEqual({
      host_name: 'south@two',
      service: 'cinder-volume',
      zone: 'nova',
      'service-status': 'unavailable',
      'service-state': 'enabled',
      'last-update': expect.any(String),
    });
  });

  it('tell what lies on them, by project, in texts', async () => {
    const { body } = await cloud.ask('admin', 'GET', `${volume}/os-hosts/north@one`);
    const { host } = body as { host: { resource: Record<string, string> }[] };
    expect(host.map(({ resource }) => resource)).toEqual([
      {
        host: 'north@one',
        project: '(total)',
        volume_count: '2',
        total_volume_gb: '7',
        snapshot_count: '0',
        total_snapshot_gb: '0',
      },
      ...[cloud.projectId, cloud.altProject.id]
        .sort()
        .map((project) => expect.objectContaining({ project, volume_count: '1' })),
    ]);
    const empty = await cloud.ask('admin', 'GET', `${volume}/os-hosts/south@two`);
    expect(empty.body).toMatchObject({ host: [{ resource: { project: '(total)', volume_count: '0' } }] });
  });
});

describe('pools', () => {
  const asked = (query: string, microversion = '3.0') =>
    cloud.ask('admin', 'GET', `${volume}/scheduler-stats/get_pools${query}`, undefined, { microversion });

  it('are told by name, and with what they can when it is asked for', async () => {
    expect((await asked('')).body).toEqual({ pools: [{ name: 'north@one#one' }, { name: 'south@two#two' }] });
    expect((await asked('?detail=True')).body).toMatchObject({
      pools: [
        {
          name: 'north@one#one',
          capabilities: {
            total_capacity_gb: 100,
            free_capacity_gb: 60,
            allocated_capacity_gb: 7,
            volume_backend_name: 'one',
            storage_protocol: 'NVMe-oF',
            vendor_name: 'Open Source',
          },
        },
        { capabilities: { total_capacity_gb: 'infinite', free_capacity_gb: 'unknown' } },
      ],
    });
  });

  it('are found by name from 3.28 on, and by what a type asks for from 3.35 on', async () => {
    const type = { name: 'on-two', extra_specs: { volume_backend_name: 'two' } };
    await cloud.ask('admin', 'POST', `${volume}/types`, { volume_type: type });
    const name = `?name=${encodeURIComponent('north@one#one')}`;
    expect((await asked(name, '3.28')).body).toEqual({ pools: [{ name: 'north@one#one' }] });
    expect((await asked(name, '3.27')).body).toMatchObject({ pools: [{}, {}] });
    expect((await asked('?volume_type=on-two', '3.35')).body).toEqual({ pools: [{ name: 'south@two#two' }] });
    expect((await asked('?volume_type=no-such', '3.35')).status).toBe(404);
  });

  it('belong to backends that tell what they can do', async () => {
    for (const host of ['north@one', 'north@one%23one']) {
      const { body } = await cloud.ask('admin', 'GET', `${volume}/capabilities/${host}`);
      expect(body).toMatchObject({
        namespace: 'OS::Storage::Capabilities::north@one',
        pool_name: 'one',
        volume_backend_name: 'one',
        storage_protocol: 'NVMe-oF',
        driver_version: '1.0',
        replication_targets: [],
      });
    }
    expect((await cloud.ask('admin', 'GET', `${volume}/capabilities/nowhere`)).status).toBe(404);
  });
});
