/**
 * The volumes of a server over the compute API: what their tests begin with.
 */
import { afterAll, beforeAll } from 'vitest';
import { makeAttachment, type ServerRecord, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type RestCloud } from './rest';
import { eventually } from './test-cloud';

/** A server with a volume. */
export interface Pair {
  server: ServerRecord;
  volume: VolumeRecord;
  attachmentId: string;
  bdmId: string | null;
}

/** @returns the address of the disks of a server, or of one of them */
export function pathOf(server: Pick<ServerRecord, 'id'>, volume?: Pick<VolumeRecord, 'id'>): string {
  const disks = `/compute/v2.1/servers/${server.id}/os-volume_attachments`;
  return volume === undefined ? disks : `${disks}/${volume.id}`;
}

/** @returns the body that asks for a disk */
export const wish = (volumeId: string, more: object = {}) => ({ volumeAttachment: { volumeId, ...more } });

/** For one test file. */
export function openDiskApi() {
  let cloud: RestCloud;

  beforeAll(async () => {
    cloud = await openRestCloud();
  });

  afterAll(() => cloud.close());

  /** A server with a volume, as if it had been there for long. */
  async function attached(
    given: { server?: Partial<ServerRecord>; volume?: Partial<VolumeRecord>; disk?: object } = {},
  ): Promise<Pair> {
    const server = await cloud.newServer({ imageId: cloud.shared.imageId, ...given.server });
    const volume = await cloud.newVolume(given.volume);
    const disk = { serverId: server.id, device: '/dev/vdb', ...given.disk };
    const { id, bdmId } = await makeAttachment(cloud.runtime.database, volume, disk);
    return { server, volume, attachmentId: id, bdmId };
  }

  /** Waits until the volume has a status. */
  function until(volume: VolumeRecord, status: string): Promise<unknown> {
    return eventually(async () => {
      const [row] = await cloud.runtime.database.sql`select status from volumes where id = ${volume.id}`;
      return row?.status === status ? row : undefined;
    }, `volume to be ${status}`);
  }

  return {
    get cloud() {
      return cloud;
    },
    attached,
    until,
  };
}
