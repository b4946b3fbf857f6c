/**
 * What a volume's metadata say of how older clients have attached it.
 * Source: cinder/volume/manager.py, attach_volume; cinder/db/sqlalchemy/api.py, volume_detached.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

it('is told from os-attach on, and forgotten with the first attachment that goes', async () => {
  const { id } = await cloud.newVolume({ multiattach: true });
  const path = `/volume/v3/volumes/${id}`;
  const act = (body: unknown) => cloud.ask('admin', 'POST', `${path}/action`, body);
  const attach = (mode: string) =>
    act({ 'os-attach': { mountpoint: '/dev/vdb', instance_uuid: randomUUID(), mode } });
  const now = async () => {
    const { body } = await cloud.ask('admin', 'GET', path);
    const { volume } = body as {
      volume: { metadata: unknown; attachments: { attachment_id: string }[] };
    };
    return volume;
  };

  expect((await attach('rw')).status).toBe(202);
  expect((await now()).metadata).toEqual({ readonly: 'False', attached_mode: 'rw' });
  expect((await attach('ro')).status).toBe(202);
  const { metadata, attachments } = await now();
  expect(metadata).toEqual({ readonly: 'False', attached_mode: 'ro' });

  const [first] = attachments;
  expect((await act({ 'os-detach': { attachment_id: first?.attachment_id } })).status).toBe(202);
  expect(await now()).toMatchObject({ metadata: { readonly: 'False' }, attachments: [expect.anything()] });
  expect((await now()).metadata).toEqual({ readonly: 'False' });

  expect((await attach('rw')).status).toBe(202);
  expect((await now()).metadata).toEqual({ readonly: 'False', attached_mode: 'rw' });
});
