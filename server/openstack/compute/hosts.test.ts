/**
 * Zones, services and hypervisors through the compute API, and what it has little of.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHost } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
let server: { id: string; name: string };

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  await makeHost(cloud.runtime.database, { name: 'far', zone: 'mars', up: false });
  server = await cloud.newServer({ name: 'web' });
});
afterAll(() => cloud.close());

const ROOT = '/compute/v2.1';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

function ask(person: 'admin' | 'member', method: string, path: string, body?: unknown, microversion = '2.1') {
  return cloud.ask(person, method, `${ROOT}${path}`, body, { microversion });
}

describe('availability zones', () => {
  it('are those of the hosts', async () => {
    expect((await ask('member', 'GET', '/os-availability-zone')).body).toEqual({
      availabilityZoneInfo: [
        { zoneName: 'mars', zoneState: { available: false }, hosts: null },
        { zoneName: 'nova', zoneState: { available: true }, hosts: null },
      ],
    });
  });

  it('show administrators their hosts', async () => {
    expect((await ask('admin', 'GET', '/os-availability-zone/detail')).body).toMatchObject({
      availabilityZoneInfo: [
        {
          hosts: {
            far: { 'nova-compute': { available: false, active: true, updated_at: expect.any(String) } },
          },
        },
        { hosts: { [cloud.host]: { 'nova-compute': { available: true, active: true } } } },
      ],
    });
  });
});

describe('services', () => {
  it('are listed, with numbers of old and UUIDs since 2.53', async () => {
    const service = {
      binary: 'nova-compute',
      host: 'far',
      zone: 'mars',
      status: 'enabled',
      state: 'down',
      disabled_reason: null,
      updated_at: expect.any(String),
    };
    const list = (microversion: string) =>
      ask('admin', 'GET', '/os-services?host=far', undefined, microversion);
    expect((await list('2.1')).body).toEqual({ services: [{ ...service, id: expect.any(Number) }] });
    expect((await list('2.53')).body).toEqual({
      services: [{ ...service, id: expect.stringMatching(UUID), forced_down: false }],
    });
  });

  it('are switched off with a reason, and on again', async () => {
    const host = cloud.host;
    const body = { host, binary: 'nova-compute', disabled_reason: 'repair' };
    const off = await ask('admin', 'PUT', '/os-services/disable-log-reason', body);
    expect([off.status, off.body]).toEqual([200, { service: { ...body, status: 'disabled' } }]);
    const listed = await ask('admin', 'GET', `/os-services?host=${host}`, undefined, '2.53');
    expect(listed.body).toMatchObject({ services: [{ status: 'disabled', disabled_reason: 'repair' }] });
    const path = `/os-services/${listed.textAt('services', 0, 'id')}`;
    const on = await ask('admin', 'PUT', path, { status: 'enabled' }, '2.53');
    expect(on.body).toMatchObject({ service: { host, status: 'enabled', disabled_reason: null } });
    expect((await ask('admin', 'PUT', path, { disabled_reason: 'why' }, '2.53')).status).toBe(400);
    expect((await ask('admin', 'PUT', path, { status: 'perhaps' }, '2.53')).status).toBe(400);
    expect((await ask('admin', 'PUT', '/os-services/nope', { status: 'enabled' }, '2.53')).status).toBe(404);
  });

  it('are told of in the audit trail when they are switched', async () => {
    const host = cloud.host;
    const body = { host, binary: 'nova-compute' };
    await ask('admin', 'PUT', '/os-services/disable-log-reason', { ...body, disabled_reason: 'new fans' });
    await ask('admin', 'PUT', '/os-services/enable', body);
    const rows = await cloud.runtime.database.sql`
      select action, outcome, input, (select message from operation_steps where operation_id = o.id) as message
      from operations o where service_id = ${`nova-compute@${host}`} order by started_at desc limit 2`;
    expect(rows).toEqual([
      {
        action: 'compute-service.enable',
        outcome: 'succeeded',
        input: {},
        message: `Host ${host} takes new servers`,
      },
      {
        action: 'compute-service.disable',
        outcome: 'succeeded',
        input: { reason: 'new fans' },
        message: `Host ${host} takes no more servers: new fans`,
      },
    ]);
  });

  it('take nobody there is not', async () => {
    const body = { host: 'nowhere', binary: 'nova-compute' };
    expect((await ask('admin', 'PUT', '/os-services/disable', body)).status).toBe(404);
    expect((await ask('admin', 'PUT', '/os-services/disable', { ...body, binary: 'nova-x' })).status).toBe(
      404,
    );
    expect((await ask('admin', 'PUT', '/os-services/disable', body, '2.53')).status).toBe(404);
  });
});

describe('hypervisors', () => {
  it('are the hosts, by number and by UUID', async () => {
    const old = await ask('admin', 'GET', '/os-hypervisors');
    const now = await ask('admin', 'GET', '/os-hypervisors', undefined, '2.88');
    const names = [cloud.host, 'far'];
    const brief = (id: unknown) =>
      names.map((hypervisor_hostname) => ({
        id,
        hypervisor_hostname,
        state: hypervisor_hostname === 'far' ? 'down' : 'up',
        status: 'enabled',
      }));
    expect(old.body).toEqual({ hypervisors: brief(expect.any(Number)) });
    expect(now.body).toEqual({ hypervisors: brief(expect.stringMatching(UUID)) });
  });

  it('tell what is on them, until 2.87', async () => {
    const at = async (microversion: string) => {
      const query = '/os-hypervisors/detail?with_servers=true&hypervisor_hostname_pattern=cmp';
      return (await ask('admin', 'GET', query, undefined, microversion)).body;
    };
    const servers = [{ uuid: server.id, name: 'web' }];
    expect(await at('2.87')).toMatchObject({
      hypervisors: [{ servers, vcpus_used: 1, memory_mb_used: 512, running_vms: 1 }],
    });
    expect(await at('2.88')).not.toHaveProperty('hypervisors.0.vcpus_used');
    expect(await at('2.88')).toMatchObject({ hypervisors: [{ servers, uptime: '' }] });
  });

  it('come in pages, one at a time, and by name', async () => {
    const page = await ask('admin', 'GET', '/os-hypervisors?limit=1', undefined, '2.53');
    const id = page.textAt('hypervisors', 0, 'id');
    expect(page.body).toHaveProperty('hypervisors_links.0.rel', 'next');
    const next = await ask('admin', 'GET', `/os-hypervisors?limit=1&marker=${id}`, undefined, '2.53');
    expect(next.body).toMatchObject({ hypervisors: [{ hypervisor_hostname: 'far' }] });
    const one = await ask('admin', 'GET', `/os-hypervisors/${id}`, undefined, '2.53');
    expect(one.body).toMatchObject({ hypervisor: { id, hypervisor_hostname: cloud.host } });
    expect((await ask('admin', 'GET', '/os-hypervisors/far/search')).body).toMatchObject({
      hypervisors: [{}],
    });
    expect((await ask('admin', 'GET', '/os-hypervisors/nope/search')).status).toBe(404);
    expect((await ask('admin', 'GET', '/os-hypervisors/nope')).status).toBe(404);
    expect((await ask('admin', 'GET', '/os-hypervisors?marker=nope', undefined, '2.53')).status).toBe(400);
    expect((await ask('admin', 'GET', '/os-hypervisors/statistics')).body).toMatchObject({
      hypervisor_statistics: { count: 2, running_vms: 1 },
    });
  });
});

describe('images, as they were handed on until 2.35', () => {
  it('are listed and shown', async () => {
    const id = cloud.shared.imageId;
    const brief = await ask('member', 'GET', '/images');
    expect(brief.body).toMatchObject({ images: [{ id, name: 'image', links: [{}, {}, {}] }] });
    const detail = await ask('member', 'GET', '/images/detail?status=active');
    expect(detail.body).toMatchObject({ images: [{ id, status: 'ACTIVE', progress: 100 }] });
    expect((await ask('member', 'GET', `/images/${id}`)).body).toMatchObject({ image: { id, minDisk: 0 } });
    expect((await ask('member', 'GET', `/images/${id}/metadata`)).body).toEqual({ metadata: {} });
    expect((await ask('member', 'GET', `/images/${id}/metadata/x`)).status).toBe(404);
    expect((await ask('member', 'GET', '/images/nope')).status).toBe(404);
    expect((await ask('member', 'GET', '/images', undefined, '2.36')).status).toBe(404);
  });
});

describe('what is not here', () => {
  it.each(['/os-keypairs/mine', '/os-tenant-networks/nope', '/extensions/nope'])('is %s', async (path) => {
    expect((await ask('member', 'GET', path)).status).toBe(404);
  });
});
