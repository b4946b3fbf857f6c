/**
 * Every call on attachments in every status of their volume: the code, and the status afterwards. What is expected was
 * recorded from a real cloud, and written down here by hand; where that is not followed, a comment says so.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { every, openStatuses, STATUSES, type Table, wanted } from '~/server/testing/every-status';
import { CONNECTOR, POOL } from '~/server/testing/rest-volume-actions';

const here = openStatuses();
const { force, held, inEveryStatus, volumeThatIs } = here;

const AT = { microversion: '3.54' };
const IN_ERROR = STATUSES.filter((status) => status.includes('error'));

describe('an attachment', () => {
  test.each<[string, boolean, object, Table]>([
    ['reserved', false, {}, { ...every(['available', 'downloading'], [200, 'reserved']), others: [400] }],
    [
      'connected',
      false,
      { connector: CONNECTOR },
      { ...every(['available', 'downloading'], [200, 'attaching']), others: [400] },
    ],
    [
      'reserved',
      true,
      {},
      { ...every(['available', 'in-use', 'downloading'], [200, 'reserved']), others: [400] },
    ],
    [
      'connected',
      true,
      { connector: CONNECTOR },
      { ...every(['available', 'in-use', 'downloading'], [200, 'attaching']), others: [400] },
    ],
  ])('is created: %s, of a volume for several servers: %s', async (_how, multiattach, more, expected) => {
    const found = await inEveryStatus(async (status) => {
      const volume = await volumeThatIs(status, { multiattach });
      const attachment = { volume_uuid: volume.id, instance_uuid: randomUUID(), ...more };
      const told = await here.cloud.ask('member', 'POST', '/volume/v3/attachments', { attachment }, AT);
      return { code: told.status, volume };
    });
    expect(found).toEqual(wanted(expected));
  });

  /** The volume of an attachment, in any status. */
  async function calledOn(
    attachStatus: 'reserved' | 'attaching' | 'attached',
    method: 'PUT' | 'POST' | 'DELETE',
    suffix: string,
    body?: object,
  ) {
    return inEveryStatus(async (status) => {
      const volume = await here.cloud.newVolume({ pool: POOL });
      const { id } = await held(volume, attachStatus);
      await force(volume, status);
      const told = await here.cloud.ask('member', method, `/volume/v3/attachments/${id}${suffix}`, body, AT);
      return { code: told.status, volume };
    });
  }

  describe.each(['reserved', 'attaching', 'attached'] as const)('that is %s', (attachStatus) => {
    // Recorded were internal errors for volumes in error.
    test('is connected', async () => {
      const body = { attachment: { connector: CONNECTOR } };
      expect(await calledOn(attachStatus, 'PUT', '', body)).toEqual(
        wanted({ ...every(IN_ERROR, [409]), others: [200, 'attaching'] }),
      );
    });

    test('is completed', async () => {
      expect(await calledOn(attachStatus, 'POST', '/action', { 'os-complete': {} })).toEqual(
        wanted({ others: [204, 'in-use'] }),
      );
    });

    test('is deleted', async () => {
      expect(await calledOn(attachStatus, 'DELETE', '')).toEqual(
        wanted({ uploading: [200], others: [200, 'available'] }),
      );
    });
  });
});
