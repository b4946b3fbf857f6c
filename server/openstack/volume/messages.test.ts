/**
 * A volume that no storage can take is made all the same, fails a moment later, and leaves a message why.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pools } from '~/db/schema/volume';
import { perform } from '~/server/services/perform';
import { planFault } from '~/server/services/simulated-faults';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { eventually } from '~/server/testing/test-cloud';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud();
});
afterAll(() => cloud.close());

const volume = '/volume/v3';
const asked = { microversion: '3.5' };

interface Message {
  id: string;
  resource_uuid: string;
}

async function messages(person: 'admin' | 'member' | 'reader' | 'alt', query = ''): Promise<Message[]> {
  const { body } = await cloud.ask(person, 'GET', `${volume}/messages${query}`, undefined, asked);
  return (body as { messages: Message[] }).messages;
}

/** @returns id of a volume that has failed */
async function failedVolume(name: string): Promise<string> {
  const type = { name, extra_specs: { vendor_name: 'nobody' } };
  await cloud.ask('admin', 'POST', `${volume}/types`, { volume_type: type });
  const made = await cloud.ask('member', 'POST', `${volume}/volumes`, {
    volume: { size: 1, volume_type: name },
  });
  const id = made.textAt('volume', 'id');
  await eventually(async () => {
    const shown = await cloud.ask('member', 'GET', `${volume}/volumes/${id}`);
    return shown.textAt('volume', 'status') === 'error' ? true : undefined;
  }, 'the end of the volume');
  return id;
}

describe('what failed', () => {
  it('is told to its project, and to administrators', async () => {
    const id = await failedVolume('told');
    const [message] = (await messages('member')).filter((each) => each.resource_uuid === id);
    expect(message).toMatchObject({
      event_id: 'VOLUME_VOLUME_001_003',
      user_message: expect.stringMatching(/^schedule allocate volume:No storage pool can take it/),
      message_level: 'ERROR',
      request_id: expect.stringMatching(/^req-/),
      resource_type: 'VOLUME',
      resource_uuid: id,
      links: [{ rel: 'self' }, { rel: 'bookmark' }],
    });
    expect(await messages('admin')).toContainEqual(message);
    expect(await messages('alt')).toEqual([]);
    const shown = await cloud.ask('reader', 'GET', `${volume}/messages/${message?.id}`, undefined, asked);
    expect(shown.body).toEqual({ message });
  });

  it('is told by the number of what went wrong', async () => {
    const failing = await cloud.newVolume({ pool: 'a@usual#pool' });
    const full = await cloud.newVolume({ pool: 'full@usual#pool' });
    await cloud.runtime.database.orm
      .insert(pools)
      .values({ name: 'full@usual#pool', totalGib: 10, freeGib: 0, capabilities: {} });
    const fault = {
      call: 'extendVolume',
      serverId: null,
      message: 'The disk shelf is off.',
      times: 1,
    } as const;
    await planFault(cloud.admin, { ...fault, volumeId: failing.id, retryable: false });
    const extended = async ({ id, sizeGib }: typeof full) => {
      const path = `${volume}/volumes/${id}`;
      const body = { 'os-extend': { new_size: sizeGib + 1 } };
      expect((await cloud.ask('member', 'POST', `${path}/action`, body)).status).toBe(202);
      return eventually(async () => {
        const [message] = await messages('member', `?resource_uuid=${id}`);
        return message;
      }, 'the message');
    };
    expect(await extended(failing)).toMatchObject({
      event_id: 'VOLUME_VOLUME_007_010',
      user_message: 'extend volume:The disk shelf is off.',
    });
    expect(await extended(full)).toMatchObject({ event_id: 'VOLUME_VOLUME_007_003' });
  });

  it('is no message where somebody has put an end to it', async () => {
    const { id } = await cloud.newVolume({ pool: 'a@usual#pool' });
    const call = { action: 'volume.extend', id, input: { sizeGib: 90 } } as const;
    const { operationId } = await perform(cloud.admin, call);
    const { sql } = cloud.runtime.database;
    await cloud.ended(operationId);
    await sql`update operations set outcome = 'failed', reason = 'It was reset.', cause = 'overtaken'
      where id = ${operationId}`;
    expect(await messages('admin', `?resource_uuid=${id}`)).toEqual([]);
  });

  it('is found by what it is about, in pages', async () => {
    const [one, other] = [await failedVolume('one'), await failedVolume('other')];
    expect(await messages('member', `?resource_uuid=${one}`)).toMatchObject([{ resource_uuid: one }]);
    const [newest] = await messages('member', '?limit=1');
    expect(newest).toMatchObject({ resource_uuid: other });
    const [next] = await messages('member', `?limit=1&marker=${newest?.id}`);
    expect(next).toMatchObject({ resource_uuid: one });
    expect(await messages('member', '?resource_type=volume_snapshot')).toEqual([]);
    expect(await messages('member', '?message_level=WARNING')).toEqual([]);
  });

  it('is deleted by a member of its project, and the operation stays', async () => {
    const id = await failedVolume('deleted');
    const [message] = await messages('member', `?resource_uuid=${id}`);
    const path = `${volume}/messages/${message?.id}`;
    expect(await cloud.askAll('DELETE', path, undefined, asked)).toEqual({
      nobody: 401,
      expired: 401,
      forged: 401,
      roleless: 401,
      alt: 404,
      reader: 403,
      member: 204,
      admin: 404,
    });
    expect(await messages('member', `?resource_uuid=${id}`)).toEqual([]);
    const [kept] = await cloud.runtime.database.sql`select outcome from operations where volume_id = ${id}`;
    expect(kept).toEqual({ outcome: 'failed' });
  });

  it('is told from 3.3 on', async () => {
    const { status } = await cloud.ask('member', 'GET', `${volume}/messages`, undefined, {
      microversion: '3.2',
    });
    expect(status).toBe(404);
    const before = await cloud.ask('member', 'GET', `${volume}/messages?limit=x`, undefined, {
      microversion: '3.3',
    });
    expect(before.status).toBe(200);
    const now = await cloud.ask('member', 'GET', `${volume}/messages?limit=x`, undefined, asked);
    expect(now.status).toBe(400);
  });
});
