/**
 * A status that is known and cannot be set: refused after it was asked whose volume it is, and who asks.
 * Source: cinder/api/contrib/admin_actions.py, _reset_status and _validate_status.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRestCloud, type Person, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const reset = (person: Person, id: string, status: string) =>
  cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, { 'os-reset_status': { status } });

it('deleting is refused with what to do instead', async () => {
  const { id, name } = await cloud.newVolume();
  expect((await reset('alt', id, 'deleting')).status).toBe(404);
  expect((await reset('member', id, 'deleting')).status).toBe(403);
  expect(await reset('admin', id, 'Deleting')).toMatchObject({
    status: 400,
    body: {
      badRequest: {
        message: `Volume ${name} cannot be set to deleting: nobody would delete it. Delete it, by force if need be, or set another status.`,
      },
    },
  });
});

it('what is no status is refused before anything else, with those that are', async () => {
  const nowhere = '00000000-0000-0000-0000-000000000404';
  expect(await reset('member', nowhere, 'reverting')).toMatchObject({
    status: 400,
    body: {
      badRequest: { message: expect.stringMatching(/at status: expects one of creating, available, /) },
    },
  });
});
