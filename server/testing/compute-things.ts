/**
 * Something of everything that routes of the compute API name, made anew for each request.
 */
import { randomUUID } from 'node:crypto';
import {
  makeAttachment,
  makeHost,
  makeServer,
  makeSnapshot,
  makeVolume,
  type ServerRecord,
} from '~/db/factories';
import { quotas } from '~/db/schema/identity';
import type { RestCloud } from './rest';
import { raiseQuota } from './rest-volumes';
import type { Things } from './role-matrix';

const ROOT = '/compute/v2.1';

/** @returns what makes them, in a cloud whose projects may have as many as that takes */
export async function computeThings(cloud: RestCloud): Promise<Things> {
  await raiseQuota(cloud);
  for (const [resource, limit] of [
    ['instances', 1000],
    ['cores', 1000],
    ['ram', 10 ** 6],
  ] as const) {
    for (const { id: projectId } of [cloud.project, cloud.altProject]) {
      await cloud.runtime.database.orm
        .insert(quotas)
        .values({ projectId, service: 'compute', resource, limit });
    }
  }
  let made = 0;

  async function newServer(given: Partial<ServerRecord> = {}): Promise<string> {
    return (await cloud.newServer({ flavorId: 'tiny', metadata: { k: 'v' }, tags: ['t'], ...given })).id;
  }

  async function newVolume(): Promise<string> {
    return (await cloud.newVolume({ pool: 'a@usual#pool' })).id;
  }

  async function newFlavor(isPublic: boolean): Promise<string> {
    made += 1;
    const flavor = { name: `matrix-${made}`, id: `matrix-${made}`, vcpus: 1, ram: 64, disk: 1 };
    const body = { flavor: { ...flavor, 'os-flavor-access:is_public': isPublic } };
    const id = (await cloud.ask('admin', 'POST', `${ROOT}/flavors`, body)).textAt('flavor', 'id');
    await cloud.ask('admin', 'POST', `${ROOT}/flavors/${id}/os-extra_specs`, { extra_specs: { k: 'v' } });
    return id;
  }

  async function firstId(list: string, key: string, minor: string): Promise<string> {
    const told = await cloud.ask('admin', 'GET', `${ROOT}/${list}`, undefined, { microversion: minor });
    return told.textAt(key, 0, 'id');
  }

  const things: Things = {
    server: () => newServer(),
    stopped: () => newServer({ vmState: 'stopped' }),
    paused: () => newServer({ vmState: 'paused' }),
    suspended: () => newServer({ vmState: 'suspended' }),
    shelved: () => newServer({ vmState: 'shelved' }),
    locked: () => newServer({ lockedBy: 'owner' }),
    held: async () => {
      const { runtime, projectId, host } = cloud;
      const server = await makeServer(runtime.database, { projectId, host, flavorId: 'tiny' });
      const volume = await makeVolume(runtime.database, { projectId, pool: 'a@usual#pool' });
      await makeAttachment(runtime.database, volume, { serverId: server.id, device: '/dev/vdb' });
      return { server: server.id, volume: volume.id };
    },
    acted: async () => {
      const server = await newServer();
      const { headers } = await cloud.ask('member', 'POST', `${ROOT}/servers/${server}/action`, {
        lock: null,
      });
      return { server, request: headers.get('x-compute-request-id') ?? '' };
    },
    volume: newVolume,
    snapshot: async () => {
      const volume = await cloud.newVolume({ pool: 'a@usual#pool' });
      return (await makeSnapshot(cloud.runtime.database, volume)).id;
    },
    image: async () => cloud.shared.imageId,
    unique: async () => randomUUID(),
    project: async () => cloud.projectId,
    altProject: async () => cloud.altProject.id,
    flavor: () => newFlavor(true),
    private: () => newFlavor(false),
    host: async () => (await makeHost(cloud.runtime.database)).name,
    service: () => firstId('os-services', 'services', '2.53'),
    hypervisor: () => firstId('os-hypervisors', 'hypervisors', '2.53'),
  };

  return things;
}
