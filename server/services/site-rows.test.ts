/**
 * What those who run the cloud see of it: hosts, pools and services.
 */
import { describe, expect, it } from 'vitest';
import { makeAttachment, makeHost, makeServer, makeVolume } from '~/db/factories';
import { services } from '~/db/schema/compute';
import { pools } from '~/db/schema/volume';
import { newName } from '~/server/testing/named-rows';
import { openTwoProjects } from '~/server/testing/two-projects';
import { listHosts, listServices } from './host-rows';
import { listPools } from './pool-rows';

const here = openTwoProjects();

describe('for those who run the cloud', () => {
  it('hosts tell what is on them', async () => {
    const { database } = here.cloud.runtime;
    const host = await makeHost(database, { up: false, enabled: false, supportsTagging: false });
    await database.orm.insert(services).values({
      binary: 'nova-compute',
      host: host.name,
      zone: 'nova',
      enabled: false,
      disabledReason: 'New memory',
    });
    const server = await makeServer(database, { projectId: here.project.id, host: host.name });
    await makeServer(database, { projectId: here.other.id, host: host.name });
    for (const projectId of [here.project.id, here.other.id]) {
      await makeAttachment(database, await makeVolume(database, { projectId }), { serverId: server.id });
    }
    const idle = await makeHost(database);
    expect((await listHosts(here.admin, { search: host.name })).rows[0]).toEqual({
      id: host.name,
      name: host.name,
      hypervisorType: 'QEMU',
      up: false,
      enabled: false,
      zone: 'nova',
      supportsMultiattach: true,
      supportsTagging: false,
      servers: 2,
      attachments: 2,
      disabledReason: 'New memory',
    });
    expect((await listHosts(here.admin, { search: idle.name })).rows).toMatchObject([
      { servers: 0, attachments: 0, disabledReason: null },
    ]);
  });

  it('pools tell what is on them, and whether somebody runs them', async () => {
    const { database } = here.cloud.runtime;
    const host = newName('stor');
    await database.orm
      .insert(pools)
      .values([
        { name: `${host}@fast#one`, totalGib: 100, freeGib: 60, capabilities: { multiattach: true } },
        { name: `${host}@slow#one` },
      ]);
    await database.orm
      .insert(services)
      .values({ binary: 'cinder-volume', host: `${host}@fast`, zone: 'nova', frozen: true });
    const onFast = { pool: `${host}@fast#one`, sizeGib: 20 };
    await makeVolume(database, { projectId: here.project.id, ...onFast });
    await makeVolume(database, { projectId: here.other.id, ...onFast });
    await makeVolume(database, {
      projectId: here.other.id,
      ...onFast,
      status: 'deleted',
      deletedAt: new Date(),
    });
    expect((await listPools(here.admin, { search: host })).rows).toMatchObject([
      {
        name: `${host}@fast#one`,
        host,
        backend: 'fast',
        totalGib: 100,
        freeGib: 60,
        allocatedGib: 40,
        volumes: 2,
        capabilities: { multiattach: true },
        service: { enabled: true, up: true, frozen: true, disabledReason: null },
      },
      { backend: 'slow', totalGib: null, freeGib: null, allocatedGib: 0, volumes: 0, service: null },
    ]);
    expect((await listServices(here.admin, { search: host })).rows).toMatchObject([
      { id: `cinder-volume@${host}@fast`, binary: 'cinder-volume', frozen: true, disabledReason: null },
    ]);
  });

  it.each([
    ['hosts', listHosts],
    ['pools', listPools],
    ['services', listServices],
  ])('%s are for nobody else', async (_, list) => {
    await expect(list(here.member, {})).rejects.toThrow('asks for the role admin');
  });
});
