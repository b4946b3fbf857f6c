/**
 * Attaching a volume to a server over the compute API: shapes by version, and bodies that are bad.
 */
import { describe, expect, it } from 'vitest';
import { fault } from '~/server/testing/rest';
import { openDiskApi, pathOf, wish } from '~/server/testing/rest-disks';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openDiskApi();
const { until } = here;

describe('an attach', () => {
  it.each([
    ['2.1', {}, {}],
    ['2.49', { tag: 'db' }, {}],
    ['2.70', { tag: 'db' }, { tag: 'db' }],
    ['2.79', { delete_on_termination: 'yes' }, { tag: null, delete_on_termination: true }],
    ['2.93', {}, { tag: null, delete_on_termination: false }],
  ])('at %s with %j', async (microversion, more, extra) => {
    const [server, volume] = [await here.cloud.newServer(), await here.cloud.newVolume()];
    const volumeId = volume.id.toUpperCase();
    const told = await here.cloud.ask('member', 'POST', pathOf(server), wish(volumeId, more), {
      microversion,
    });
    expect([told.status, told.body]).toEqual([
      200,
      { volumeAttachment: { id: volumeId, volumeId, serverId: server.id, device: '/dev/vdb', ...extra } },
    ]);
    await until(volume, 'in-use');
  });

  it('on a server that is on no host has no device yet', async () => {
    const [server, volume] = [
      await here.cloud.newServer({ vmState: 'shelved_offloaded', host: null }),
      await here.cloud.newVolume(),
    ];
    const body = wish(volume.id, { device: '/dev/vdq' });
    const { status, body: said } = await here.cloud.ask('member', 'POST', pathOf(server), body, {
      microversion: '2.20',
    });
    expect([status, said]).toMatchObject([200, { volumeAttachment: { device: null } }]);
  });

  it.each<[string, unknown, string]>([
    ['no body', undefined, '2.93'],
    ['an empty object', {}, '2.93'],
    ['null inside', { volumeAttachment: null }, '2.93'],
    ['a list', [1], '2.93'],
    ['a text inside', { volumeAttachment: 'x' }, '2.93'],
    ['no JSON', '{nope', '2.93'],
    ['no volume', { volumeAttachment: { device: '/dev/vdb' } }, '2.93'],
    ['no UUID', wish('nonsense'), '2.93'],
    ['a number for the volume', { volumeAttachment: { volumeId: 5 } }, '2.93'],
    ['a key too many inside', wish(NOWHERE, { nonsense: 1 }), '2.93'],
    ['a key too many outside', { ...wish(NOWHERE), nonsense: 1 }, '2.93'],
    ['a tag below 2.49', wish(NOWHERE, { tag: 'db' }), '2.48'],
    ['a null tag', wish(NOWHERE, { tag: null }), '2.93'],
    ['an empty tag', wish(NOWHERE, { tag: '' }), '2.93'],
    ['a long tag', wish(NOWHERE, { tag: 'a'.repeat(61) }), '2.93'],
    ['a tag with a comma', wish(NOWHERE, { tag: 'a,b' }), '2.93'],
    ['a tag with a slash', wish(NOWHERE, { tag: 'a/b' }), '2.93'],
    ['delete_on_termination below 2.79', wish(NOWHERE, { delete_on_termination: true }), '2.78'],
    ['a number for delete_on_termination', wish(NOWHERE, { delete_on_termination: 1 }), '2.93'],
    ['null for delete_on_termination', wish(NOWHERE, { delete_on_termination: null }), '2.93'],
    ['another word for delete_on_termination', wish(NOWHERE, { delete_on_termination: 'maybe' }), '2.93'],
    ...[
      'vdb',
      '/dev/',
      'foo',
      '/dev/VDB',
      '',
      '/dev/sd b',
      `/dev/${'a'.repeat(260)}`,
      5,
      'x/dev/vdb',
      '/dev/hdc\n',
    ].map((device): [string, unknown, string] => [`device ${device}`, wish(NOWHERE, { device }), '2.93']),
  ])('with %s is a bad request, even where the server is unknown', async (_, body, microversion) => {
    const told = await here.cloud.ask('member', 'POST', pathOf({ id: NOWHERE }), body ?? '', {
      microversion,
    });
    expect(fault(told)).toEqual([400, 'badRequest']);
  });

  it('takes a body that calls itself text, and no form', async () => {
    const [server, volume] = [await here.cloud.newServer(), await here.cloud.newVolume()];
    const as = (type: string) => ({ headers: { 'content-type': type } });
    const form = as('application/x-www-form-urlencoded');
    const told = await here.cloud.ask('member', 'POST', pathOf(server), wish(volume.id), form);
    expect(fault(told)).toEqual([415, 'badMediaType']);
    const text = await here.cloud.ask('member', 'POST', pathOf(server), wish(volume.id), as('text/plain'));
    expect(text.status).toBe(200);
  });
});
