/**
 * Attachments over the volume API: what their tests send again and again.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import type { VolumeRecord } from '~/db/factories';
import { openRestCloud, type RestCloud, type Told } from './rest';

export const ATTACHMENTS = '/volume/v3/attachments';

/** The first version that knows all that is sent here. */
export const AT = { microversion: '3.54' };

export const CONNECTOR = {
  initiator: 'iqn.1993-08.org.debian:01:cad181614cec',
  ip: '192.168.1.20',
  host: 'tempest-1',
  multipath: false,
  mountpoint: '/dev/vdb',
  mode: 'rw',
};

/** For one test file: a cloud, and what a member asks of it. */
export function openAttachmentApi() {
  let cloud: RestCloud;

  beforeAll(async () => {
    cloud = await openRestCloud();
  });

  afterAll(() => cloud.close());

  function create(volume: Pick<VolumeRecord, 'id'>, more: object = {}): Promise<Told> {
    return cloud.ask('member', 'POST', ATTACHMENTS, { attachment: { volume_uuid: volume.id, ...more } }, AT);
  }

  function complete(id: string): Promise<Told> {
    return cloud.ask('member', 'POST', `${ATTACHMENTS}/${id}/action`, { 'os-complete': {} }, AT);
  }

  function list(
    query: string,
    microversion = '3.70',
    person: 'member' | 'alt' | 'admin' = 'member',
  ): Promise<Told> {
    return cloud.ask(person, 'GET', `${ATTACHMENTS}?${query}`, undefined, { microversion });
  }

  /** @returns status and attach status of a volume */
  async function statusOf(volume: Pick<VolumeRecord, 'id'>): Promise<unknown[]> {
    const [row] = await cloud.runtime.database.sql`
      select status, attach_status from volumes where id = ${volume.id}`;
    return [row?.status, row?.attach_status];
  }

  return {
    get cloud() {
      return cloud;
    },
    create,
    complete,
    list,
    statusOf,
  };
}

/** @returns the ids in a list of attachments, in its order */
export async function idsOf(told: Promise<Told>): Promise<string[]> {
  const { status, body } = await told;
  expect(status).toBe(200);
  return (body as { attachments: { id: string }[] }).attachments.map((each) => each.id);
}
