/**
 * Actions on servers through the compute API: what each state answers to each of them, and who may ask.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, type ServerRecord } from '~/db/factories';
import { perform } from '~/server/services/perform';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;

beforeAll(async () => {
  // Nobody works: what is accepted stays as it was accepted.
  cloud = await openRestCloud({ idle: true });
  const limits = { instances: -1, cores: -1, ram: -1 };
  await perform(cloud.admin, { action: 'quota.update', id: cloud.projectId, input: { limits } });
});
afterAll(() => cloud.close());

const SERVERS = '/compute/v2.1/servers';

function act(
  person: 'admin' | 'member' | 'reader' | 'alt',
  id: string,
  body: unknown,
  microversion = '2.93',
) {
  return cloud.ask(person, 'POST', `${SERVERS}/${id}/action`, body, { microversion });
}

const FLAVOR = {
  name: 'tiny',
  vcpus: 1,
  ramMib: 64,
  diskGib: 1,
  ephemeralGib: 0,
  swapMib: 0,
  extraSpecs: {},
};
const FORMER = { vmState: 'active', flavorId: 'tiny', flavor: FLAVOR };

/** In the order of the table below. */
const STATES: Partial<ServerRecord>[] = [
  { vmState: 'building', launchedAt: null },
  { vmState: 'active' },
  { vmState: 'stopped' },
  { vmState: 'paused' },
  { vmState: 'suspended' },
  { vmState: 'rescued' },
  { vmState: 'resized', former: FORMER },
  { vmState: 'soft-delete', former: FORMER },
  { vmState: 'shelved' },
  { vmState: 'shelved_offloaded', host: null },
  { vmState: 'error' },
  { vmState: 'active', taskState: 'rebooting' },
  { vmState: 'active', lockedBy: 'owner' },
];

/**
 * By hand, from the table of operations and server states of the compute API: building, active, stopped, paused,
 * suspended, rescued, resized, soft-deleted, shelved, offloaded, error; active with a task; active and locked.
 */
const CODES: [action: object, codes: number[]][] = [
  [{ 'os-start': null }, [409, 409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ 'os-stop': null }, [409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 202, 409, 409]],
  [{ pause: null }, [409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ unpause: null }, [409, 409, 409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ suspend: null }, [409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ resume: null }, [409, 409, 409, 409, 202, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ shelve: null }, [409, 202, 202, 202, 202, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ unshelve: null }, [409, 409, 409, 409, 409, 409, 409, 409, 202, 202, 409, 409, 409]],
  [{ resize: { flavorRef: 'small' } }, [409, 202, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ confirmResize: null }, [409, 409, 409, 409, 409, 409, 204, 409, 409, 409, 409, 409, 409]],
  [{ revertResize: null }, [409, 409, 409, 409, 409, 409, 202, 409, 409, 409, 409, 409, 409]],
  [{ rescue: null }, [409, 200, 200, 409, 409, 409, 409, 409, 409, 409, 200, 409, 409]],
  [{ unrescue: null }, [409, 409, 409, 409, 409, 202, 409, 409, 409, 409, 409, 409, 409]],
  [{ reboot: { type: 'SOFT' } }, [409, 202, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409, 409]],
  [{ reboot: { type: 'hard' } }, [409, 202, 202, 202, 202, 409, 409, 409, 409, 409, 202, 202, 409]],
  [{ restore: null }, [409, 409, 409, 409, 409, 409, 409, 202, 409, 409, 409, 409, 409]],
  [{ forceDelete: null }, [202, 202, 202, 202, 202, 202, 202, 202, 202, 202, 202, 202, 409]],
  [{ lock: null }, Array<number>(13).fill(202)],
  [{ unlock: null }, Array<number>(13).fill(202)],
];

describe('an action on a server', () => {
  it.each(CODES)('%j is answered as its state says', async (action, codes) => {
    const servers = await Promise.all(STATES.map((state) => cloud.newServer(state)));
    const told = await Promise.all(servers.map(({ id }) => act('member', id, action)));
    expect(told.map(({ status }) => status)).toEqual(codes);
  });

  it.each([
    [{ shelveOffload: null }, [409, 409, 409, 409, 409, 409, 409, 409, 202, 409, 409, 409]],
    [{ 'os-resetState': { state: 'error' } }, Array<number>(13).fill(202)],
  ])('%j of an administrator is answered as the state says', async (action, codes) => {
    const servers = await Promise.all(STATES.slice(0, codes.length).map((state) => cloud.newServer(state)));
    const told = await Promise.all(servers.map(({ id }) => act('admin', id, action)));
    expect(told.map(({ status }) => status)).toEqual(codes);
  });

  it('answers nothing but the status', async () => {
    const { id } = await cloud.newServer();
    expect((await act('member', id, { pause: null })).body).toBeNull();
  });

  it('gives the password of a rescue', async () => {
    const [one, other] = [await cloud.newServer(), await cloud.newServer()];
    const told = await act('member', one.id, { rescue: { adminPass: 'pass' } });
    expect(told.body).toEqual({ adminPass: 'pass' });
    expect((await act('member', other.id, { rescue: null })).body).toEqual({ adminPass: expect.any(String) });
  });

  it('cannot rescue what boots from a volume', async () => {
    const server = await cloud.newServer();
    await makeAttachment(cloud.runtime.database, await cloud.newVolume({ bootable: true }), {
      serverId: server.id,
      bootIndex: 0,
    });
    expect((await act('member', server.id, { rescue: null })).status).toBe(400);
  });

  it('locks with a reason since 2.73, and shows it', async () => {
    const { id } = await cloud.newServer();
    expect((await act('member', id, { lock: { locked_reason: 'do not touch' } })).status).toBe(202);
    const shown = await cloud.ask('member', 'GET', `${SERVERS}/${id}`, undefined, { microversion: '2.73' });
    expect(shown.body).toMatchObject({ server: { locked: true, locked_reason: 'do not touch' } });
  });

  it('unlocks what an administrator has locked for administrators only', async () => {
    const { id } = await cloud.newServer({ lockedBy: 'admin' });
    const member = await act('member', id, { unlock: null });
    const admin = await act('admin', id, { unlock: null });
    expect([member.status, admin.status]).toEqual([403, 202]);
  });

  it.each([
    ['nothing', undefined, 400],
    ['no object', [], 400],
    ['two keys', { pause: null, suspend: null }, 400],
    ['an unknown key', { nonsense: null }, 400],
    ['a reboot of no kind', { reboot: { type: 'warm' } }, 400],
    ['a reboot of nothing', { reboot: null }, 400],
    ['a resize to nothing', { resize: {} }, 400],
    ['a resize to an unknown flavor', { resize: { flavorRef: 'nope' } }, 400],
    ['a resize to its own flavor', { resize: { flavorRef: 'tiny' } }, 400],
    ['a lock with more than a reason', { lock: { nonsense: 1 } }, 400],
    ['a rescue with more than it takes', { rescue: { nonsense: 1 } }, 400],
    ['an image', { createImage: { name: 'image' } }, 400],
    ['a move', { 'os-migrateLive': null }, 400],
  ])('is refused with %s', async (_, body, status) => {
    const { id } = await cloud.newServer({ flavorId: 'tiny' });
    const told = await act('member', id, body);
    expect([told.status, told.body]).toEqual([
      status,
      { badRequest: { code: 400, message: expect.any(String) } },
    ]);
  });

  it('tells bad input before it looks for the server', async () => {
    const unknown = '00000000-0000-4000-8000-000000000404';
    expect((await act('member', unknown, { resize: {} })).status).toBe(400);
    expect((await act('member', unknown, { resize: { flavorRef: 'small' } })).status).toBe(404);
    expect((await act('alt', (await cloud.newServer()).id, { pause: null })).status).toBe(404);
  });
});

describe('unshelving', () => {
  const away = { vmState: 'shelved_offloaded', host: null } as const;

  it.each([
    ['a zone', { availability_zone: 'nova' }, '2.77', 202],
    ['a zone before its version', { availability_zone: 'nova' }, '2.76', 202],
    ['an unknown zone', { availability_zone: 'mars' }, '2.77', 400],
    ['no zone', {}, '2.77', 400],
    ['no zone any more', { availability_zone: null }, '2.91', 202],
    ['a host, by a member', { host: 'some-host' }, '2.91', 403],
    ['a host before its version', { host: 'some-host' }, '2.90', 400],
  ])('to %s', async (_, unshelve, microversion, status) => {
    const { id } = await cloud.newServer(away);
    expect((await act('member', id, { unshelve }, microversion)).status).toBe(status);
  });

  it('to a host is for administrators', async () => {
    const { id } = await cloud.newServer(away);
    expect((await act('admin', id, { unshelve: { host: 'nowhere' } })).status).toBe(400);
    expect((await act('admin', id, { unshelve: { host: cloud.host } })).status).toBe(202);
  });

  it('to a zone is for servers that are nowhere', async () => {
    const { id } = await cloud.newServer({ vmState: 'shelved' });
    expect((await act('member', id, { unshelve: { availability_zone: 'nova' } })).status).toBe(409);
  });
});
