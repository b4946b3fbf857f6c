/**
 * What clients ask of a server besides itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
let id: string;

beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  id = (await cloud.newServer()).id;
});
afterAll(() => cloud.close());

const SERVERS = '/compute/v2.1/servers';
const NOBODY = { nobody: 401, expired: 401, forged: 401, roleless: 401 };

describe('parts of a server', () => {
  it.each([
    ['ips', { addresses: {} }],
    ['os-interface', { interfaceAttachments: [] }],
    ['os-security-groups', { security_groups: [] }],
    ['migrations', { migrations: [] }],
  ])('%s are none', async (part, body) => {
    const path = `${SERVERS}/${id}/${part}`;
    const told = await cloud.ask('member', 'GET', path, undefined, { microversion: '2.23' });
    expect([told.status, told.body]).toEqual([200, body]);
    const all = await cloud.askAll('GET', path, undefined, { microversion: '2.23' });
    expect(all).toEqual({ ...NOBODY, alt: 404, reader: 200, member: 200, admin: 200 });
  });

  it('has no address in any network', async () => {
    expect((await cloud.ask('member', 'GET', `${SERVERS}/${id}/ips/private`)).status).toBe(404);
  });
});
