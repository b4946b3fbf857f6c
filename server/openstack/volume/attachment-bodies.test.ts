/**
 * Bodies of requests about attachments, and the versions that know them.
 */
import { describe, expect, it } from 'vitest';
import { fault } from '~/server/testing/rest';
import { AT, ATTACHMENTS, CONNECTOR, openAttachmentApi } from '~/server/testing/rest-attachments';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openAttachmentApi();
const { create, statusOf } = here;

describe('bodies of attachments', () => {
  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['null', { attachment: null }],
    ['a list', [1]],
    ['no volume', { attachment: {} }],
    ['a volume that is no UUID', { attachment: { volume_uuid: 'x' } }],
    ['an instance that is null', { attachment: { volume_uuid: NOWHERE, instance_uuid: null } }],
    ['a key too many', { attachment: { volume_uuid: NOWHERE, foo: 1 } }],
    ['a key too many outside', { attachment: { volume_uuid: NOWHERE }, foo: 1 }],
    ['a connector that is a text', { attachment: { volume_uuid: NOWHERE, connector: 'x' } }],
    ['a mode that there is not', { attachment: { volume_uuid: NOWHERE, mode: 'x' } }],
    ['a mode that is null', { attachment: { volume_uuid: NOWHERE, mode: null } }],
    ['no JSON', '{nope'],
  ])('of a creation are refused: %s', async (_what, body) => {
    expect(fault(await here.cloud.ask('member', 'POST', ATTACHMENTS, body, AT))).toEqual([400, 'badRequest']);
  });

  it.each([
    ['nothing', undefined],
    ['no connector', { attachment: {} }],
    ['an empty connector', { attachment: { connector: {} } }],
    ['null', { attachment: { connector: null } }],
    ['a text', { attachment: { connector: 'x' } }],
    ['no host', { attachment: { connector: { initiator: 'x' } } }],
    ['a key too many', { attachment: { connector: CONNECTOR, x: 1 } }],
  ])('of an update are refused: %s', async (_what, body) => {
    const volume = await here.cloud.newVolume();
    const id = (await create(volume)).textAt('attachment', 'id');
    expect(fault(await here.cloud.ask('member', 'PUT', `${ATTACHMENTS}/${id}`, body, AT))).toEqual([
      400,
      'badRequest',
    ]);
    expect(await statusOf(volume)).toEqual(['reserved', 'detached']);
  });

  it('of completion say nothing', async () => {
    const id = (await create(await here.cloud.newVolume())).textAt('attachment', 'id');
    const action = `${ATTACHMENTS}/${id}/action`;
    for (const body of [undefined, {}, { 'os-nope': {} }, { 'os-complete': {}, 'os-nope': {} }, 'x'])
      expect(fault(await here.cloud.ask('member', 'POST', action, body, AT))).toEqual([400, 'badRequest']);
    expect((await here.cloud.ask('member', 'POST', action, { 'os-complete': null }, AT)).status).toBe(204);
  });

  it('reserve with an empty connector', async () => {
    for (const connector of [{}, null]) {
      const { body } = await create(await here.cloud.newVolume(), { connector });
      expect(body).toMatchObject({ attachment: { status: 'reserved', connection_info: {} } });
    }
  });
});

describe('versions', () => {
  it('know no attachments before 3.27, no mode before 3.54, no completion before 3.44', async () => {
    const volume = await here.cloud.newVolume();
    const at = (minor: number) => ({ microversion: `3.${minor}` });
    const body = { attachment: { volume_uuid: volume.id, mode: 'rw' } };
    expect(fault(await here.cloud.ask('member', 'GET', ATTACHMENTS, undefined, at(26)))).toEqual([
      404,
      'itemNotFound',
    ]);
    expect(fault(await here.cloud.ask('member', 'POST', ATTACHMENTS, body, at(26)))).toEqual([
      404,
      'itemNotFound',
    ]);
    expect(fault(await here.cloud.ask('member', 'POST', ATTACHMENTS, body, at(53)))).toEqual([
      400,
      'badRequest',
    ]);
    const created = await here.cloud.ask('member', 'POST', ATTACHMENTS, body, at(54));
    expect(created.body).toMatchObject({ attachment: { attach_mode: 'rw' } });
    const action = `${ATTACHMENTS}/${created.textAt('attachment', 'id')}/action`;
    const done = { 'os-complete': {} };
    expect(fault(await here.cloud.ask('member', 'POST', action, done, at(43)))).toEqual([
      404,
      'itemNotFound',
    ]);
    expect((await here.cloud.ask('member', 'POST', action, done, at(44))).status).toBe(204);
  });
});
