/**
 * Who may do what: every call on attachments, by everybody.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAttachment, makeServer } from '~/db/factories';
import { type Asker, asEverybody, forAdmins, forMembers, forReaders } from '~/server/testing/everybody';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { CONNECTOR } from '~/server/testing/rest-volume-actions';
import { ATTACHMENT_ROUTES } from './attachments';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const AT = { microversion: '3.70' };

/** As they are asked for below. */
const ATTACHMENTS = [
  'GET /attachments',
  'GET /attachments/detail',
  'GET /attachments/:attachmentId',
  'POST /attachments',
  'PUT /attachments/:attachmentId',
  'DELETE /attachments/:attachmentId',
  'POST /attachments/:attachmentId/action',
];

describe('attachments', () => {
  test('are all asked for', () => {
    expect(ATTACHMENT_ROUTES.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      ATTACHMENTS.sort(),
    );
  });

  test.each<[string, 'GET' | 'PUT' | 'POST' | 'DELETE', string, unknown, Record<Asker, number>]>([
    ['list', 'GET', '/attachments', undefined, { ...forReaders(200), alt: 200 }],
    ['list in detail', 'GET', '/attachments/detail', undefined, { ...forReaders(200), alt: 200 }],
    ['show', 'GET', '/attachments/ID', undefined, forReaders(200)],
    ['connect', 'PUT', '/attachments/ID', { attachment: { connector: CONNECTOR } }, forMembers(200)],
    ['complete', 'POST', '/attachments/ID/action', { 'os-complete': {} }, forMembers(204)],
    ['delete', 'DELETE', '/attachments/ID', undefined, forMembers(200)],
  ])('%s', async (_name, method, path, body, expected) => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const { id } = await makeAttachment(cloud.runtime.database, await cloud.newVolume(), {
        serverId: null,
      });
      return cloud.ask(person, method, `/volume/v3${path.replace('ID', id)}`, body, { ...AT, ...token });
    });
    expect(told).toEqual(expected);
  });

  test('create', async () => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const attachment = { volume_uuid: (await cloud.newVolume()).id };
      return cloud.ask(person, 'POST', '/volume/v3/attachments', { attachment }, { ...AT, ...token });
    });
    expect(told).toEqual(forMembers(200));
  });

  test('create a second one of a boot volume has a permission of its own', async () => {
    const policy = { 'volume:multiattach_bootable_volume': 'admin' } as const;
    Object.assign(cloud.runtime.policy, policy);
    const told = await asEverybody(async ({ person, ...token }) => {
      const volume = await cloud.newVolume({ multiattach: true, bootable: true });
      const side = { serverId: null, instanceId: randomUUID(), attachStatus: 'attached' } as const;
      await makeAttachment(cloud.runtime.database, volume, side);
      const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID() };
      return cloud.ask(person, 'POST', '/volume/v3/attachments', { attachment }, { ...AT, ...token });
    });
    expect(told).toEqual(forAdmins(200));
  });

  test('that a server has are deleted by a service alone', async () => {
    const told = await asEverybody(async ({ person, ...token }) => {
      const { database } = cloud.runtime;
      const { projectId, host } = cloud;
      const server = await makeServer(database, { projectId, host });
      const { id } = await makeAttachment(database, await cloud.newVolume(), {
        serverId: server.id,
        device: '/dev/vdb',
      });
      const path = `/volume/v3/attachments/${id}`;
      const connect = { attachment: { connector: CONNECTOR } };
      expect((await cloud.ask('admin', 'PUT', path, connect, AT)).status).toBe(200);
      return cloud.ask(person, 'DELETE', path, undefined, { ...AT, ...token });
    });
    expect(told).toEqual({ ...forMembers(409), service: 200 });
  });
});
