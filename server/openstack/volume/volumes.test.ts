/** One volume: shown to several people, described, deleted. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAttachment } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import {
  availableSnapshot,
  availableVolume,
  raiseQuota,
  untilStatus,
  VOLUMES,
} from '~/server/testing/rest-volumes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
  await raiseQuota(cloud);
});
afterAll(() => cloud.close());

async function shown(person: 'member' | 'admin', id: string, microversion: string) {
  const { body } = await cloud.ask(person, 'GET', `${VOLUMES}/${id}`, undefined, { microversion });
  return (body as { volume: Record<string, unknown> }).volume;
}

describe('what is shown', () => {
  const BASE = `attachments availability_zone bootable consistencygroup_id created_at description encrypted id links metadata
    multiattach name replication_status size snapshot_id source_volid status updated_at user_id volume_type
    os-vol-tenant-attr:tenant_id`;
  const ADMIN = `${BASE} migration_status os-vol-mig-status-attr:migstat os-vol-mig-status-attr:name_id os-vol-host-attr:host`;

  test.each<['member' | 'admin', string, string]>([
    ['member', '3.0', BASE],
    ['admin', '3.0', ADMIN],
    ['member', '3.13', `${BASE} group_id`],
    ['admin', '3.21', `${ADMIN} group_id provider_id`],
    ['member', '3.48', `${BASE} group_id shared_targets service_uuid`],
    ['admin', '3.61', `${ADMIN} group_id provider_id shared_targets service_uuid cluster_name`],
    ['member', '3.63', `${BASE} group_id shared_targets service_uuid volume_type_id`],
    [
      'admin',
      '3.71',
      `${ADMIN} group_id provider_id shared_targets service_uuid cluster_name volume_type_id consumes_quota`,
    ],
  ])('to %s at %s', async (person, microversion, keys) => {
    const { id } = await cloud.newVolume();
    const volume = await shown(person, id, microversion);
    expect(Object.keys(volume).sort()).toEqual(keys.split(/\s+/).sort());
  });

  test('of an attachment: the volume’s id, and the host only to administrators', async () => {
    const volume = await cloud.newVolume();
    const server = await cloud.newServer();
    const attachment = await makeAttachment(cloud.runtime.database, volume, {
      serverId: server.id,
      device: '/dev/vdb',
      mountpoint: '/dev/vdb',
      attachedHost: 'cmp-1',
    });
    const holder = {
      id: volume.id,
      attachment_id: attachment.id,
      volume_id: volume.id,
      server_id: server.id,
      device: '/dev/vdb',
    };
    expect(await shown('member', volume.id, '3.0')).toMatchObject({
      status: 'in-use',
      attachments: [{ ...holder, host_name: null }],
    });
    expect(await shown('admin', volume.id, '3.0')).toMatchObject({
      attachments: [{ ...holder, host_name: 'cmp-1' }],
    });
  });

  test('by other words where upstream has other words', async () => {
    const volume = await cloud.newVolume({ status: 'error_managing' });
    expect(await shown('member', volume.id, '3.0')).toMatchObject({ status: 'error' });
  });
});

describe('describing one', () => {
  test('changes what is given, and nothing else', async () => {
    const id = await availableVolume(cloud, { description: 'old', metadata: { a: '1' } });
    const put = (volume: object, microversion = '3.0') =>
      cloud.ask('member', 'PUT', `${VOLUMES}/${id}`, { volume }, { microversion });
    expect(await put({ display_name: 'logs' })).toMatchObject({
      status: 200,
      body: { volume: { name: 'logs', description: 'old', metadata: { a: '1' } } },
    });
    expect(await put({ metadata: { b: '2' } })).toMatchObject({ body: { volume: { metadata: { b: '2' } } } });
    expect(await put({ name: null })).toMatchObject({ body: { volume: { name: null } } });
    expect((await put({})).status).toBe(200);
    expect((await put({}, '3.53')).status).toBe(400);
    expect((await put({ size: 3 })).status).toBe(400);
  });
});

describe('deleting one', () => {
  test('takes its snapshots along only when asked', async () => {
    const id = await availableVolume(cloud);
    await availableSnapshot(cloud, id);
    expect((await cloud.ask('member', 'DELETE', `${VOLUMES}/${id}`)).status).toBe(400);
    expect((await cloud.ask('member', 'DELETE', `${VOLUMES}/${id}?cascade=maybe`)).status).toBe(400);
    expect(await cloud.ask('member', 'DELETE', `${VOLUMES}/${id}?cascade=True`)).toMatchObject({
      status: 202,
      body: null,
    });
    await untilStatus(cloud, 'volume', id, 'gone');
  });

  test('by force is an administrator’s, and comes with version 3.23', async () => {
    const { id } = await cloud.newVolume({ status: 'creating', pool: 'a@usual#pool' });
    const force = (person: 'member' | 'admin' | 'alt', microversion: string) =>
      cloud.ask(person, 'DELETE', `${VOLUMES}/${id}?force=true`, undefined, { microversion });
    expect((await force('admin', '3.22')).status).toBe(400);
    expect((await force('alt', '3.23')).status).toBe(404);
    expect((await force('member', '3.23')).status).toBe(403);
    expect((await force('admin', '3.23')).status).toBe(202);
    await untilStatus(cloud, 'volume', id, 'gone');
  });
});

test('how it is encrypted: not at all', async () => {
  const { id } = await cloud.newVolume();
  const told = await cloud.ask('reader', 'GET', `${VOLUMES}/${id}/encryption`);
  expect(told).toMatchObject({ status: 200, body: { encryption_key_id: null } });
});
