/**
 * What other clouds have and this one has not, and what is told about the API itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const volume = '/volume/v3';

describe('what this cloud does not have', () => {
  it.each([
    'backups',
    'backups/detail',
    'groups',
    'group_types',
    'group_snapshots/detail',
    'clusters',
    'default-types',
  ])('is an empty list: %s', async (path) => {
    const { status, body } = await cloud.ask('admin', 'GET', `${volume}/${path}`, undefined, {
      microversion: '3.71',
    });
    expect(status).toBe(200);
    expect(Object.values(body as object)).toEqual([[]]);
  });

  it('cannot be made, and is not found', async () => {
    const made = await cloud.ask('member', 'POST', `${volume}/backups`, { backup: { volume_id: 'x' } });
    expect(made).toMatchObject({
      status: 400,
      body: { badRequest: { message: 'Backups are not kept here.' } },
    });
    expect((await cloud.ask('member', 'GET', `${volume}/backups/x`)).status).toBe(404);
    expect((await cloud.ask('member', 'GET', `${volume}/groups`)).status).toBe(404);
  });

  it('is left out of the extensions', async () => {
    const { body } = await cloud.ask('reader', 'GET', `${volume}/extensions`);
    const { extensions } = body as { extensions: { alias: string }[] };
    expect(extensions.map(({ alias }) => alias)).not.toContain('backups');
    expect((await cloud.ask('reader', 'GET', `${volume}/extensions/os-hosts`)).body).toMatchObject({
      extension: { alias: 'os-hosts', name: 'Hosts' },
    });
    expect((await cloud.ask('reader', 'GET', `${volume}/extensions/backups`)).status).toBe(404);
  });
});

describe('filters of lists', () => {
  it('are told from 3.33 on', async () => {
    const asked = (microversion: string, query = '') =>
      cloud.ask('reader', 'GET', `${volume}/resource_filters${query}`, undefined, { microversion });
    expect((await asked('3.32')).status).toBe(404);
    expect((await asked('3.33', '?resource=pool')).body).toEqual({
      resource_filters: [{ resource: 'pool', filters: ['name', 'volume_type'] }],
    });
  });
});
