/**
 * Who gets which answer from each route of volumes, snapshots and transfers. The actions and attachments are in
 * volume-actions-who.test.ts and attachments-who.test.ts, the rest of the volume API in cloud-routes.test.ts, and what nobody without a good token gets
 * in strangers.test.ts.
 * Source: cinder/policies/*.py, the defaults.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSnapshot, type SnapshotRecord } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { raiseQuota } from '~/server/testing/rest-volumes';
import {
  admins,
  askKnown,
  everybody,
  leftOut,
  makers,
  members,
  type Row,
  readers,
  rowsAt,
  type Things,
} from '~/server/testing/role-matrix';
import { ATTACHMENT_ROUTES } from './attachments';
import { CLOUD_ROUTES } from './cloud-routes';
import { VOLUME_ROUTES } from './routes';
import { VOLUME_ACTION_ROUTES } from './volume-actions';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

const ROOT = '/volume/v3';

async function newVolume(): Promise<string> {
  return (await cloud.newVolume({ pool: 'a@usual#pool', metadata: { k: 'v' } })).id;
}

async function newSnapshot(given: Partial<SnapshotRecord> = {}): Promise<string> {
  const volume = await cloud.newVolume({ pool: 'a@usual#pool' });
  return (await makeSnapshot(cloud.runtime.database, volume, { metadata: { k: 'v' }, ...given })).id;
}

const THINGS: Things = {
  volume: newVolume,
  snapshot: () => newSnapshot(),
  growing: () => newSnapshot({ status: 'creating' }),
  transfer: async () => {
    const body = { transfer: { volume_id: await newVolume(), name: 'gift' } };
    const { textAt } = await cloud.ask('member', 'POST', `${ROOT}/os-volume-transfer`, body);
    return { id: textAt('transfer', 'id'), key: textAt('transfer', 'auth_key') };
  },
  altProject: async () => cloud.altProject.id,
};

const row = rowsAt(71);

const METADATA = (of: string): Row[] => [
  row(`GET ${of}/metadata`, readers(200)),
  row(`POST ${of}/metadata`, members(200), { metadata: { a: '1' } }),
  row(`PUT ${of}/metadata`, members(200), { metadata: { a: '1' } }),
  row(`GET ${of}/metadata/k`, readers(200)),
  row(`PUT ${of}/metadata/k`, members(200), { meta: { k: '1' } }),
  row(`DELETE ${of}/metadata/k`, members(200)),
];

/** Under the old name, and under the new one. */
const TRANSFERS = (root: string): Row[] => [
  row(`GET ${root}`, everybody(200)),
  row(`GET ${root}/detail`, everybody(200)),
  row(`GET ${root}/<transfer.id>`, readers(200)),
  row(`POST ${root}`, members(202), { transfer: { volume_id: '<volume>', name: 'gift' } }),
  row(`DELETE ${root}/<transfer.id>`, members(202)),
  // Whoever has the key may take it, in any project.
  row(`POST ${root}/<transfer.id>/accept`, makers(202), { accept: { auth_key: '<transfer.key>' } }),
];

const ROWS: Row[] = [
  row('GET /volumes', everybody(200)),
  row('GET /volumes/detail', everybody(200)),
  row('GET /volumes/summary', everybody(200)),
  row('GET /volumes?all_tenants=1', everybody(200)),
  row('POST /volumes', makers(202), { volume: { size: 1 } }),
  row('GET /volumes/<volume>', readers(200)),
  row('PUT /volumes/<volume>', members(200), { volume: { name: 'n' } }),
  row('DELETE /volumes/<volume>', members(202)),
  row('DELETE /volumes/<volume>?cascade=true', members(202)),
  row('DELETE /volumes/<volume>?force=true', admins(202)),
  row('GET /volumes/<volume>/encryption', readers(200)),
  ...METADATA('/volumes/<volume>'),
  row('GET /snapshots', everybody(200)),
  row('GET /snapshots/detail', everybody(200)),
  row('POST /snapshots', members(202), { snapshot: { volume_id: '<volume>' } }),
  row('GET /snapshots/<snapshot>', readers(200)),
  row('PUT /snapshots/<snapshot>', members(200), { snapshot: { name: 'n' } }),
  row('DELETE /snapshots/<snapshot>', members(202)),
  ...METADATA('/snapshots/<snapshot>'),
  row('POST /snapshots/<snapshot>/action', admins(202), { 'os-reset_status': { status: 'error' } }),
  row('POST /snapshots/<snapshot>/action', admins(202), { 'os-force_delete': null }),
  row('POST /snapshots/<growing>/action', members(202), {
    'os-update_snapshot_status': { status: 'available', progress: '80%' },
  }),
  ...TRANSFERS('/os-volume-transfer'),
  ...TRANSFERS('/volume-transfers'),
];

it('is told for every route', () => {
  const elsewhere = new Set([...CLOUD_ROUTES, ...VOLUME_ACTION_ROUTES, ...ATTACHMENT_ROUTES]);
  const here = VOLUME_ROUTES.filter((route) => !elsewhere.has(route));
  expect(leftOut(here, ROWS)).toEqual([]);
});

describe('who may', () => {
  const named = ROWS.map((each) => [`${each.request} ${JSON.stringify(each.body) ?? ''}`, each] as const);
  it.each(named)('%s', async (_, each) => {
    expect(await askKnown(cloud, each, { root: ROOT, major: 3, things: THINGS })).toEqual(each.expected);
  });

  it.each(['member', 'admin'] as const)('%s: nobody reaches another project by its URL', async (person) => {
    const at = (project: string) => cloud.ask(person, 'GET', `${ROOT}/${project}/volumes`);
    expect((await at(cloud.projectId)).status).toBe(200);
    expect(await at(cloud.altProject.id)).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
  });
});
