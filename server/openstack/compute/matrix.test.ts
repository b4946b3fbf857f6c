/**
 * Who gets which answer from each route of the compute API. What nobody without a good token gets is in strangers.test.ts.
 * Source: nova/policies/*.py, the defaults.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  makeAttachment,
  makeHost,
  makeServer,
  makeSnapshot,
  makeVolume,
  type ServerRecord,
} from '~/db/factories';
import { quotas } from '~/db/schema/identity';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { raiseQuota } from '~/server/testing/rest-volumes';
import {
  administration,
  admins,
  askKnown,
  everybody,
  leftOut,
  makers,
  members,
  type Row,
  readers,
  type Statuses,
  type Things,
} from '~/server/testing/role-matrix';
import { COMPUTE_ROUTES } from './routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
  await raiseQuota(cloud);
  for (const [resource, limit] of [
    ['instances', 1000],
    ['cores', 1000],
    ['ram', 10 ** 6],
  ] as const) {
    for (const { id: projectId } of [cloud.project, cloud.altProject]) {
      await cloud.runtime.database.orm
        .insert(quotas)
        .values({ projectId, service: 'compute', resource, limit });
    }
  }
});
afterAll(() => cloud.close());

const ROOT = '/compute/v2.1';
let made = 0;

async function newServer(given: Partial<ServerRecord> = {}): Promise<string> {
  return (await cloud.newServer({ flavorId: 'tiny', metadata: { k: 'v' }, tags: ['t'], ...given })).id;
}

async function newVolume(): Promise<string> {
  return (await cloud.newVolume({ pool: 'a@usual#pool' })).id;
}

async function newFlavor(isPublic: boolean): Promise<string> {
  made += 1;
  const flavor = { name: `matrix-${made}`, id: `matrix-${made}`, vcpus: 1, ram: 64, disk: 1 };
  const body = { flavor: { ...flavor, 'os-flavor-access:is_public': isPublic } };
  const id = (await cloud.ask('admin', 'POST', `${ROOT}/flavors`, body)).textAt('flavor', 'id');
  await cloud.ask('admin', 'POST', `${ROOT}/flavors/${id}/os-extra_specs`, { extra_specs: { k: 'v' } });
  return id;
}

async function firstId(list: string, key: string, minor: string): Promise<string> {
  const told = await cloud.ask('admin', 'GET', `${ROOT}/${list}`, undefined, { microversion: minor });
  return told.textAt(key, 0, 'id');
}

const THINGS: Things = {
  server: () => newServer(),
  stopped: () => newServer({ vmState: 'stopped' }),
  paused: () => newServer({ vmState: 'paused' }),
  suspended: () => newServer({ vmState: 'suspended' }),
  shelved: () => newServer({ vmState: 'shelved' }),
  locked: () => newServer({ lockedBy: 'owner' }),
  held: async () => {
    const { runtime, projectId, host } = cloud;
    const server = await makeServer(runtime.database, { projectId, host, flavorId: 'tiny' });
    const volume = await makeVolume(runtime.database, { projectId, pool: 'a@usual#pool' });
    await makeAttachment(runtime.database, volume, { serverId: server.id, device: '/dev/vdb' });
    return { server: server.id, volume: volume.id };
  },
  acted: async () => {
    const server = await newServer();
    const { headers } = await cloud.ask('member', 'POST', `${ROOT}/servers/${server}/action`, { lock: null });
    return { server, request: headers.get('x-compute-request-id') ?? '' };
  },
  volume: newVolume,
  snapshot: async () => {
    const volume = await cloud.newVolume({ pool: 'a@usual#pool' });
    return (await makeSnapshot(cloud.runtime.database, volume)).id;
  },
  image: async () => cloud.shared.imageId,
  unique: async () => randomUUID(),
  project: async () => cloud.projectId,
  altProject: async () => cloud.altProject.id,
  flavor: () => newFlavor(true),
  private: () => newFlavor(false),
  host: async () => (await makeHost(cloud.runtime.database)).name,
  service: () => firstId('os-services', 'services', '2.53'),
  hypervisor: () => firstId('os-hypervisors', 'hypervisors', '2.53'),
};

const NEW_SERVER = { server: { name: 'n', imageRef: '<image>', flavorRef: 'tiny', networks: 'none' } };
const row = (request: string, expected: Statuses, body?: unknown, minor = 93): Row => ({
  request,
  expected,
  body,
  minor,
});
const act = (server: string, expected: Statuses, body: object, minor = 93): Row =>
  row(`POST /servers/<${server}>/action`, expected, body, minor);
const until = (minor: number, request: string, expected: Statuses, body?: unknown): Row =>
  row(request, expected, body, minor);
/** The policy is for administrators and, what they are there for, services. */
const services = (code: number): Statuses => ({ ...admins(code), service: code });

const SERVERS: Row[] = [
  row('GET /versions/v2.1', everybody(200)),
  row('GET /servers', everybody(200)),
  row('GET /servers/detail', everybody(200)),
  row('GET /servers?all_tenants=1', { ...administration(200) }),
  row('GET /servers/detail?all_tenants=1', { ...administration(200) }),
  row('POST /servers', makers(202), NEW_SERVER),
  row('POST /servers', administration(202), { server: { ...NEW_SERVER.server, host: '<host>' } }),
  row('GET /servers/<server>', readers(200)),
  row('PUT /servers/<server>', members(200), { server: { name: 'n' } }),
  row('DELETE /servers/<server>', members(204)),
  row('GET /servers/<server>/ips', readers(200)),
  row('GET /servers/<server>/ips/private', readers(404)),
  row('GET /servers/<server>/os-interface', readers(200)),
  row('GET /servers/<server>/os-security-groups', readers(200)),
  row('GET /servers/<server>/migrations', administration(200)),
  row('GET /servers/<server>/diagnostics', admins(200)),
  row('GET /servers/<server>/metadata', readers(200)),
  row('POST /servers/<server>/metadata', members(200), { metadata: { a: '1' } }),
  row('PUT /servers/<server>/metadata', members(200), { metadata: { a: '1' } }),
  row('GET /servers/<server>/metadata/k', readers(200)),
  row('PUT /servers/<server>/metadata/k', members(200), { meta: { k: '1' } }),
  row('DELETE /servers/<server>/metadata/k', members(204)),
  row('GET /servers/<server>/tags', readers(200)),
  row('PUT /servers/<server>/tags', members(200), { tags: ['a'] }),
  row('DELETE /servers/<server>/tags', members(204)),
  row('GET /servers/<server>/tags/t', readers(204)),
  row('PUT /servers/<server>/tags/u', members(201)),
  row('DELETE /servers/<server>/tags/t', members(204)),
  row('GET /servers/<acted.server>/os-instance-actions', readers(200)),
  row('GET /servers/<acted.server>/os-instance-actions/<acted.request>', readers(200)),
  row(
    'POST /os-server-external-events',
    { ...services(200), alt: 403 },
    {
      events: [{ name: 'network-changed', server_uuid: '<server>' }],
    },
  ),
];

const ACTIONS: Row[] = [
  act('stopped', members(202), { 'os-start': null }),
  act('server', members(202), { 'os-stop': null }),
  act('server', members(202), { pause: null }),
  act('paused', members(202), { unpause: null }),
  act('server', members(202), { suspend: null }),
  act('suspended', members(202), { resume: null }),
  act('server', members(202), { shelve: null }),
  act('shelved', admins(202), { shelveOffload: null }),
  act('shelved', members(202), { unshelve: null }),
  act('shelved', admins(409), { unshelve: { host: '<host>' } }),
  act('server', members(202), { reboot: { type: 'SOFT' } }),
  act('server', members(202), { resize: { flavorRef: 'small' } }),
  act('server', members(409), { confirmResize: null }),
  act('server', members(409), { revertResize: null }),
  act('server', members(200), { rescue: null }),
  act('server', members(409), { unrescue: null }),
  act('server', members(202), { lock: null }),
  act('locked', members(202), { unlock: null }),
  act('server', members(409), { restore: null }),
  act('server', members(202), { forceDelete: null }),
  act('server', admins(202), { 'os-resetState': { state: 'active' } }),
  ...[
    'createImage',
    'createBackup',
    'rebuild',
    'changePassword',
    'trigger_crash_dump',
    'evacuate',
    'migrate',
    'os-migrateLive',
    'addFixedIp',
    'removeFixedIp',
    'addFloatingIp',
    'removeFloatingIp',
    'addSecurityGroup',
    'removeSecurityGroup',
    'injectNetworkInfo',
    'resetNetwork',
    'os-getConsoleOutput',
    'os-getVNCConsole',
    'os-getSPICEConsole',
    'os-getSerialConsole',
    'os-getRDPConsole',
    // That none of these is done here is told to whoever may see the server.
  ].map((action) => act('server', readers(400), { [action]: null })),
];

const DISKS = '/servers/<held.server>/os-volume_attachments';
const VOLUMES: Row[] = [
  row(`GET ${DISKS}`, readers(200)),
  row(`GET ${DISKS}/<held.volume>`, readers(200)),
  row('POST /servers/<server>/os-volume_attachments', members(200), {
    volumeAttachment: { volumeId: '<volume>' },
  }),
  row(`PUT ${DISKS}/<held.volume>`, services(202), { volumeAttachment: { volumeId: '<volume>' } }, 84),
  row(`PUT ${DISKS}/<held.volume>`, services(202), { volumeAttachment: { volumeId: '<volume>' } }),
  row(`PUT ${DISKS}/<held.volume>`, members(202), {
    volumeAttachment: { volumeId: '<held.volume>', delete_on_termination: true },
  }),
  row(`DELETE ${DISKS}/<held.volume>`, members(202)),
  until(35, 'GET /os-volumes', everybody(200)),
  until(35, 'GET /os-volumes/detail', everybody(200)),
  until(35, 'GET /os-volumes/<volume>', readers(200)),
  until(35, 'POST /os-volumes', makers(200), { volume: { size: 1 } }),
  until(35, 'DELETE /os-volumes/<volume>', members(202)),
  until(35, 'GET /os-snapshots', everybody(200)),
  until(35, 'GET /os-snapshots/detail', everybody(200)),
  until(35, 'GET /os-snapshots/<snapshot>', readers(200)),
  until(35, 'POST /os-snapshots', members(200), { snapshot: { volume_id: '<volume>' } }),
  until(35, 'DELETE /os-snapshots/<snapshot>', members(202)),
];

const CLOUD: Row[] = [
  row('GET /flavors', everybody(200)),
  row('GET /flavors/detail', everybody(200)),
  row('GET /flavors/<flavor>', everybody(200)),
  row('GET /flavors/<private>', { ...everybody(404), admin: 200 }),
  row('POST /flavors', administration(200), { flavor: { name: '<unique>', vcpus: 1, ram: 64, disk: 1 } }),
  row('PUT /flavors/<flavor>', administration(200), { flavor: { description: 'x' } }),
  row('DELETE /flavors/<flavor>', administration(202)),
  row('GET /flavors/<flavor>/os-extra_specs', everybody(200)),
  row('POST /flavors/<flavor>/os-extra_specs', administration(200), { extra_specs: { a: '1' } }),
  row('GET /flavors/<flavor>/os-extra_specs/k', everybody(200)),
  row('PUT /flavors/<flavor>/os-extra_specs/k', administration(200), { k: '1' }),
  row('DELETE /flavors/<flavor>/os-extra_specs/k', administration(200)),
  row('GET /flavors/<private>/os-flavor-access', administration(200)),
  row('POST /flavors/<private>/action', administration(200), { addTenantAccess: { tenant: '<project>' } }),
  row('POST /flavors/<private>/action', administration(404), {
    removeTenantAccess: { tenant: '<altProject>' },
  }),
  row('GET /flavors/<flavor>/os-flavor-access', administration(404)),
  row('POST /flavors/<flavor>/action', administration(409), { addTenantAccess: { tenant: '<project>' } }),
  row('GET /limits', everybody(200)),
  row('GET /limits?tenant_id=<altProject>', { ...administration(200), alt: 200 }),
  row('GET /os-quota-sets/<project>', { ...readers(200), alt: 403 }),
  row('GET /os-quota-sets/<project>/detail', { ...readers(200), alt: 403 }),
  row('GET /os-quota-sets/<project>/defaults', everybody(200)),
  row('PUT /os-quota-sets/<project>', administration(200), { quota_set: { cores: 1000 } }),
  row('DELETE /os-quota-sets/<altProject>', administration(202)),
  row('GET /os-quota-class-sets/default', administration(200)),
  row('PUT /os-quota-class-sets/default', administration(200), { quota_class_set: { cores: 1000 } }),
  row('GET /os-availability-zone', everybody(200)),
  row('GET /os-availability-zone/detail', administration(200)),
  row('GET /os-aggregates', administration(200)),
  row('GET /os-migrations', administration(200)),
  row('GET /os-hypervisors', administration(200)),
  row('GET /os-hypervisors/detail', administration(200)),
  row('GET /os-hypervisors/<hypervisor>', administration(200)),
  until(87, 'GET /os-hypervisors/<hypervisor>/uptime', administration(200)),
  until(87, 'GET /os-hypervisors/statistics', administration(200)),
  until(52, 'GET /os-hypervisors/cmp/search', administration(200)),
  until(52, 'GET /os-hypervisors/cmp/servers', administration(200)),
  row('GET /os-services', administration(200)),
  row('PUT /os-services/<service>', administration(200), { status: 'enabled' }),
  ...[
    ['enable', {}],
    ['disable', {}],
    ['disable-log-reason', { disabled_reason: 'why not' }],
  ].map(([word, more]) =>
    until(52, `PUT /os-services/${word}`, administration(200), {
      host: '<host>',
      binary: 'nova-compute',
      ...(more as object),
    }),
  ),
  row('GET /extensions', everybody(200)),
  row('GET /extensions/os-volumes', everybody(200)),
  row('GET /os-keypairs', everybody(200)),
  row('GET /os-keypairs/mine', everybody(404)),
  row('GET /os-server-groups', everybody(200)),
  row('GET /os-simple-tenant-usage', { ...admins(200), alt: 403 }),
  row('GET /os-simple-tenant-usage/<project>', { ...readers(200), alt: 403 }),
  until(35, 'GET /os-floating-ips', everybody(200)),
  until(35, 'GET /os-security-groups', everybody(200)),
  until(35, 'GET /os-networks', everybody(200)),
  until(35, 'GET /os-tenant-networks', everybody(200)),
  until(35, 'GET /os-tenant-networks/some', everybody(404)),
  until(35, 'GET /images', everybody(200)),
  until(35, 'GET /images/detail', everybody(200)),
  until(35, 'GET /images/<image>', everybody(200)),
  until(38, 'GET /images/<image>/metadata', everybody(200)),
  until(38, 'GET /images/<image>/metadata/none', everybody(404)),
];
const ROWS = [...SERVERS, ...ACTIONS, ...VOLUMES, ...CLOUD];

it('is told for every route', () => {
  expect(leftOut(COMPUTE_ROUTES, ROWS)).toEqual([]);
});

describe('who may', () => {
  const named = ROWS.map((each) => [`${each.request} ${JSON.stringify(each.body) ?? ''}`, each] as const);
  it.each(named)('%s', async (_, each) => {
    expect(await askKnown(cloud, each, { root: ROOT, major: 2, things: THINGS })).toEqual(each.expected);
  });
});
