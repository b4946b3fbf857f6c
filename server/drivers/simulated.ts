/**
 * A cloud that does nothing but take its time: for demonstrations, tests, and developers who need the API and no disks.
 * It answers as an iSCSI backend would, and fails when it is told to.
 */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionInfo, Connector } from '~/server/domain/connection';
import type { DriverCall } from '~/server/domain/driver-call';
import { type Disk, type Driver, DriverError } from './driver';

/** A planned failure that has come due. */
export interface Fault {
  message: string;
  retryable: boolean;
}

/** What a call is about, by id. */
export interface FaultTarget {
  /** null for a call about the volume alone. */
  serverId: string | null;
  /** null for a call about the server alone. */
  volumeId: string | null;
}

export interface SimulatedDriverOptions {
  /** How long each call takes: a random time in between, in ms. */
  latencyMs: { min: number; max: number };
  /** Takes the next fault planned for this call, if any; each is given once. */
  takeFault(call: DriverCall, about: FaultTarget): Promise<Fault | null>;
}

const ISCSI_PORT = 3260;

export function simulatedDriver({ latencyMs, takeFault }: SimulatedDriverOptions): Driver {
  async function act(call: DriverCall, about: FaultTarget): Promise<void> {
    const spread = latencyMs.max - latencyMs.min;
    await wait(latencyMs.min + Math.random() * spread);
    const fault = await takeFault(call, about);
    if (fault !== null) throw new DriverError(fault.message, { retryable: fault.retryable });
  }
  return {
    async getConnector(disk) {
      await act('getConnector', targetOf(disk));
      return connectorOf(disk.server.host);
    },
    async initializeConnection(disk) {
      await act('initializeConnection', targetOf(disk));
      return exportOf(disk);
    },
    attachDevice: (disk) => act('attachDevice', targetOf(disk)),
    detachDevice: (disk) => act('detachDevice', targetOf(disk)),
    terminateConnection: (disk) => act('terminateConnection', targetOf(disk)),
    changePower: (server, call) => act(call, { serverId: server.id, volumeId: null }),
    async changeVolume(volume, call) {
      await act(call, { serverId: null, volumeId: volume.id });
      return null;
    },
    async changeServer(server, call, _args, volumeId) {
      await act(call, { serverId: server.id, volumeId });
      return null;
    },
  };
}

function targetOf(disk: Disk): FaultTarget {
  // A connection may be nobody's: a host's, or one that an older client makes.
  return { serverId: disk.server.id === '' ? null : disk.server.id, volumeId: disk.volume.id };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function connectorOf(host: string): Connector {
  const hex = digest(host);
  const octets = [hex.slice(0, 2), hex.slice(2, 4)].map((pair) => Number.parseInt(pair, 16));
  return {
    host,
    ip: `10.64.${octets.join('.')}`,
    initiator: `iqn.1993-08.org.debian:01:${hex.slice(0, 12)}`,
    multipath: false,
  };
}

/** The same for the same volume and attachment, as a real export would be. */
function exportOf(disk: Disk): ConnectionInfo {
  const secret = digest(`${disk.attachmentId}/${disk.volume.id}`);
  return {
    driverVolumeType: 'iscsi',
    data: {
      target_discovered: false,
      target_portal: `10.64.0.1:${ISCSI_PORT}`,
      target_iqn: `iqn.2010-10.org.openstack:volume-${disk.volume.id}`,
      target_lun: 1,
      volume_id: disk.volume.id,
      auth_method: 'CHAP',
      auth_username: secret.slice(0, 20),
      auth_password: secret.slice(20, 36),
      access_mode: disk.mode,
      encrypted: false,
      qos_specs: null,
    },
  };
}
