/**
 * Read-only and shared disks, and servers that are on no host, with the queue and the worker of the product.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, type VolumeRecord } from '~/db/factories';
import type { AttachMode } from '~/server/domain/attachment';
import { openConnectionInfo } from '~/server/services/connection-schema';
import {
  attachmentNow,
  openRunningCloud,
  type RunningCloud,
  volumeNow,
} from '~/server/testing/running-cloud';

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await openRunningCloud();
});

afterAll(() => cloud.close());

describe('modes', () => {
  it.each<[string, Partial<VolumeRecord>, AttachMode | null, AttachMode]>([
    ['read and write', {}, null, 'rw'],
    ['read-only as asked', {}, 'ro', 'ro'],
    ['read-only because the volume is', { readonly: true }, 'rw', 'ro'],
  ])('%s', async (_, given, mode, stored) => {
    const [server, volume] = [await cloud.newServer(), await cloud.newVolume(given)];
    const { operationId, attachmentId } = await cloud.attach(server, volume, { mode });
    await cloud.ended(operationId);
    const { mode: kept, connection_info: sealed } = await attachmentNow(cloud, attachmentId);
    expect(kept).toBe(stored);
    expect(await openConnectionInfo(cloud.runtime.secretKey, sealed)).toMatchObject({
      data: { access_mode: stored },
    });
  });
});

describe('a multiattach volume', () => {
  it('goes to three servers, and leaves them one by one', async () => {
    const volume = await cloud.newVolume({ multiattach: true });
    const servers = [await cloud.newServer(), await cloud.newServer(), await cloud.newServer()];
    for (const [index, server] of servers.entries()) {
      const { operationId } = await cloud.attach(server, volume, { mode: index === 0 ? 'rw' : 'ro' });
      await cloud.ended(operationId);
      expect(await volumeNow(cloud, volume)).toEqual({
        status: 'in-use',
        attach_status: 'attached',
        attachments: index + 1,
      });
    }
    for (const [index, server] of servers.entries()) {
      await cloud.ended((await cloud.detach(server, volume)).operationId);
      const left = servers.length - index - 1;
      expect(await volumeNow(cloud, volume)).toEqual({
        status: left > 0 ? 'in-use' : 'available',
        attach_status: left > 0 ? 'attached' : 'detached',
        attachments: left,
      });
    }
  });
});

describe('a shelved-offloaded server', () => {
  it('is attached and detached at once, without a host or a job', async () => {
    const server = await cloud.newServer({ vmState: 'shelved_offloaded', host: null });
    const volume = await cloud.newVolume();
    const { operationId, attachmentId, device } = await cloud.attach(server, volume, { device: '/dev/vdq' });
    expect(device).toBeNull();
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'in-use',
      attach_status: 'attached',
      attachments: 1,
    });
    expect(await attachmentNow(cloud, attachmentId)).toMatchObject({
      attach_status: 'attached',
      device: null,
      connector: null,
      connection_info: null,
    });
    expect(await cloud.ended(operationId)).toMatchObject({ outcome: 'succeeded' });

    const gone = await cloud.detach(server, volume);
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'available',
      attach_status: 'detached',
      attachments: 0,
    });
    expect(await cloud.ended(gone.operationId)).toMatchObject({ outcome: 'succeeded' });
    const [jobs] = await cloud.runtime.database.sql`
      select count(*)::int from graphile_worker.jobs where key in (${operationId}, ${gone.operationId})`;
    expect(jobs).toEqual({ count: 0 });
  });

  it('lets a volume go that is merely reserved for it', async () => {
    const server = await cloud.newServer({ vmState: 'shelved_offloaded', host: null });
    const volume = await cloud.newVolume();
    await makeAttachment(cloud.runtime.database, volume, { serverId: server.id, attachStatus: 'reserved' });
    await cloud.detach(server, volume);
    expect(await volumeNow(cloud, volume)).toEqual({
      status: 'available',
      attach_status: 'detached',
      attachments: 0,
    });
  });
});
