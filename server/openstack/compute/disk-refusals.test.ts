/**
 * With which code attaching and detaching are refused over the compute API.
 */
import { describe, expect, it } from 'vitest';
import type { ServerRecord, VolumeRecord } from '~/db/factories';
import { fault, type Told } from '~/server/testing/rest';
import { openDiskApi, pathOf, wish } from '~/server/testing/rest-disks';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openDiskApi();
const { attached } = here;

describe('the code of a refusal', () => {
  type Case = [string, () => Promise<Told>, number];
  const attach = async (
    server: Partial<ServerRecord>,
    volume: Partial<VolumeRecord>,
    more = {},
    microversion = '2.93',
  ) => {
    const [to, what] = [await here.cloud.newServer(server), await here.cloud.newVolume(volume)];
    return here.cloud.ask('member', 'POST', pathOf(to), wish(what.id, more), { microversion });
  };
  const detach = async (given: Parameters<typeof attached>[0], microversion = '2.93') => {
    const { server, volume } = await attached(given);
    return here.cloud.ask('member', 'DELETE', pathOf(server, volume), undefined, { microversion });
  };
  const offloaded = { vmState: 'shelved_offloaded', host: null } as const;
  const cases: Case[] = [
    ['attach to a suspended server', () => attach({ vmState: 'suspended' }, {}), 409],
    ['attach to a busy server', () => attach({ taskState: 'rebooting' }, {}), 409],
    ['attach to a locked server', () => attach({ lockedBy: 'owner' }, {}), 409],
    ['attach to a shelved server at 2.19', () => attach({ vmState: 'shelved' }, {}, {}, '2.19'), 409],
    ['attach to a shelved server at 2.20', () => attach({ vmState: 'shelved' }, {}, {}, '2.20'), 200],
    ['attach of a multiattach volume at 2.59', () => attach({}, { multiattach: true }, {}, '2.59'), 400],
    ['attach of a multiattach volume at 2.60', () => attach({}, { multiattach: true }, {}, '2.60'), 200],
    ['attach of one to an offloaded server', () => attach(offloaded, { multiattach: true }), 400],
    ['attach with a tag to an offloaded server', () => attach(offloaded, {}, { tag: 'a' }), 400],
    ['attach as the root disk', () => attach({}, {}, { device: '/dev/sda1' }), 409],
    ['attach of a volume in error', () => attach({}, { status: 'error' }), 400],
    ['attach of a volume that is being extended', () => attach({}, { status: 'extending' }), 400],
    ['detach from a suspended server', () => detach({ server: { vmState: 'suspended' } }), 409],
    ['detach from a shelved server at 2.19', () => detach({ server: { vmState: 'shelved' } }, '2.19'), 409],
    ['detach from a locked server', () => detach({ server: { lockedBy: 'owner' } }), 409],
    [
      'detach of the root, locked or not',
      () => detach({ server: { lockedBy: 'admin' }, disk: { bootIndex: 0 } }),
      400,
    ],
  ];
  it.each(cases)('%s', async (_, act, status) => {
    expect((await act()).status).toBe(status);
  });

  it('of the same volume twice is 400, to the same server and to another', async () => {
    const { server, volume } = await attached();
    const other = await here.cloud.newServer();
    for (const to of [server, other]) {
      expect(fault(await here.cloud.ask('member', 'POST', pathOf(to), wish(volume.id)))).toEqual([
        400,
        'badRequest',
      ]);
    }
  });

  it('of what is not there is 404', async () => {
    const [server, volume] = [await here.cloud.newServer(), await here.cloud.newVolume()];
    const nowhere = { id: NOWHERE };
    const asked: [string, string, unknown?][] = [
      ['GET', pathOf(nowhere)],
      ['GET', pathOf({ id: 'nonsense' })],
      ['GET', pathOf(server, volume)],
      ['GET', pathOf(server, { id: 'nonsense' })],
      ['POST', pathOf(nowhere), wish(volume.id)],
      ['POST', pathOf(server), wish(NOWHERE)],
      ['POST', pathOf(server), wish(volume.id.replaceAll('-', ''))],
      ['PUT', pathOf(nowhere, volume), wish(volume.id)],
      ['DELETE', pathOf(nowhere, volume)],
      ['DELETE', pathOf(server, volume)],
      ['DELETE', pathOf(server, { id: 'nonsense' })],
    ];
    for (const [method, path, body] of asked) {
      const told = await here.cloud.ask('member', method, path, body);
      expect([method, path, ...fault(told)]).toEqual([method, path, 404, 'itemNotFound']);
    }
  });

  it.each(['POST', 'PATCH'])('of %s on one disk is that of no route', async (method) => {
    const { server, volume } = await attached();
    const told = await here.cloud.ask('member', method, pathOf(server, volume), wish(volume.id));
    expect([told.status, told.body]).toEqual([
      404,
      { message: expect.any(String), code: '404 Not Found', title: 'Not Found' },
    ]);
  });
});
