/**
 * Servers made over the compute API, for tests that are about nothing else.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { perform } from '~/server/services/perform';
import { openRestCloud, type RestCloud } from './rest';
import { eventually } from './test-cloud';

export const SERVERS = '/compute/v2.1/servers';

/** For one test file: a cloud in which any number of servers may be made. */
export function openServerApi() {
  let cloud: RestCloud;

  beforeAll(async () => {
    cloud = await openRestCloud();
    const limits = { instances: -1, cores: -1, ram: -1 };
    await perform(cloud.admin, { action: 'quota.update', id: cloud.projectId, input: { limits } });
  });

  afterAll(() => cloud.close());

  /** @returns the body that asks for a server, with these changes */
  function request(changes: Record<string, unknown> = {}) {
    const { imageId } = cloud.shared;
    return { server: { name: 'web', imageRef: imageId, flavorRef: 'tiny', networks: 'none', ...changes } };
  }

  /** @returns the id of a new server, once it is ACTIVE */
  async function create(changes: Record<string, unknown> = {}, microversion = '2.93'): Promise<string> {
    const told = await cloud.ask('member', 'POST', SERVERS, request(changes), { microversion });
    expect(told.body, JSON.stringify(told.body)).toHaveProperty('server.id');
    const id = told.textAt('server', 'id');
    await reaches(id, 'ACTIVE');
    return id;
  }

  /** Waits until a server shows a status. */
  function reaches(id: string, status: string): Promise<true> {
    return eventually(async () => {
      const shown = await cloud.ask('member', 'GET', `${SERVERS}/${id}`);
      return shown.textAt('server', 'status') === status ? true : undefined;
    }, `${id} is ${status}`);
  }

  return {
    get cloud() {
      return cloud;
    },
    request,
    create,
    reaches,
  };
}
