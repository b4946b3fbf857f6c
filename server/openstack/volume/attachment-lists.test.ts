/**
 * Lists of attachments over the volume API.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeVolume } from '~/db/factories';
import { fault } from '~/server/testing/rest';
import { CONNECTOR, idsOf, openAttachmentApi } from '~/server/testing/rest-attachments';
import { NOWHERE } from '~/server/testing/rest-volumes';

const here = openAttachmentApi();
const { complete, create, list } = here;

describe('lists of attachments', () => {
  it('are filtered, paged and sorted', async () => {
    const volume = await here.cloud.newVolume({ multiattach: true });
    const instances = [randomUUID(), randomUUID()] as const;
    const first = (await create(volume, { instance_uuid: instances[0] })).textAt('attachment', 'id');
    await complete(first);
    const second = (await create(volume, { instance_uuid: instances[1], connector: CONNECTOR })).textAt(
      'attachment',
      'id',
    );
    const of = (query: string, minor?: string) => idsOf(list(`volume_id=${volume.id}&${query}`, minor));
    expect(await of('')).toEqual([second, first]);
    expect(await of(`instance_id=${instances[0]}`)).toEqual([first]);
    expect(await of('attach_status=attaching')).toEqual([second]);
    expect(await of('status=attached')).toEqual([first]);
    expect(await of('status=nonsense')).toEqual([]);
    expect(await of('limit=0')).toEqual([]);
    expect(await of('limit=1')).toEqual([second]);
    expect(await of(`limit=1&marker=${second}`)).toEqual([first]);
    expect(await of('offset=1')).toEqual([first]);
    expect(await of('sort=created_at:asc')).toEqual([first, second]);
    expect(await of('sort_key=attach_status&sort_dir=asc')).toEqual([first, second]);
    expect(await of('all_tenants=whatever')).toEqual([second, first]);
    expect(await of('nonsense=1', '3.30')).toEqual([second, first]);
    const { body } = await list(`volume_id=${volume.id}&limit=1`);
    expect(Object.keys(body as object)).toEqual(['attachments']);
    expect(body).toEqual({
      attachments: [{ id: second, status: 'attaching', instance: instances[1], volume_id: volume.id }],
    });
  });

  it('refuse what cannot be asked for', async () => {
    for (const query of [
      'limit=-1',
      'limit=abc',
      'offset=-1',
      'offset=x',
      'sort=nonsense:asc',
      'sort=id:sideways',
      'sort=id&sort_key=id',
      'nonsense=1',
      'with_count=true',
      'instance_uuid=x',
    ])
      expect([query, ...fault(await list(query))]).toEqual([query, 400, 'badRequest']);
    expect(fault(await list(`marker=${NOWHERE}`))).toEqual([404, 'itemNotFound']);
  });

  it('are of one project, unless an administrator asks for all', async () => {
    const { database } = here.cloud.runtime;
    const volume = await makeVolume(database, { projectId: here.cloud.altProject.id });
    const { id } = await makeAttachment(database, volume, { serverId: null });
    const query = `volume_id=${volume.id}`;
    expect(await idsOf(list(query))).toEqual([]);
    expect(await idsOf(list(`${query}&all_tenants=1`))).toEqual([]);
    expect(await idsOf(list(query, '3.70', 'alt'))).toEqual([id]);
    expect(await idsOf(list(query, '3.70', 'admin'))).toEqual([]);
    expect(await idsOf(list(`${query}&all_tenants=1`, '3.70', 'admin'))).toEqual([id]);
    const project = `all_tenants=1&project_id=${here.cloud.altProject.id}`;
    expect(await idsOf(list(project, '3.70', 'admin'))).toEqual([id]);
    expect(await idsOf(list(`${project}&volume_id~=${volume.id.slice(0, 8)}`, '3.70', 'admin'))).toEqual([
      id,
    ]);
    expect(await idsOf(list(`${project}&nonsense=1`, '3.70', 'admin'))).toEqual([]);
    expect(fault(await list(`volume_id~=${volume.id.slice(0, 8)}`))).toEqual([400, 'badRequest']);
  });
});
