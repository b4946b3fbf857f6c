/**
 * A host or backend that never answers must not hold an operation for ever: after a while its silence is taken for a
 * failure, and the operation goes its way back.
 */
import type { DriverCall } from '~/server/domain/driver-call';
import { type Driver, DriverError } from '~/server/drivers/driver';
import type { DriverRegistry } from '~/server/drivers/registry';
import { within } from '~/server/within';

/** What is done at once, and what copies, wipes or moves as much as a whole disk or guest holds. */
type Pace = 'prompt' | 'moves data';

const PACE = {
  getConnector: 'prompt',
  initializeConnection: 'prompt',
  attachDevice: 'prompt',
  detachDevice: 'prompt',
  terminateConnection: 'prompt',
  powerOn: 'prompt',
  // A guest is asked to shut down before it is switched off.
  powerOff: 'prompt',
  rebootSoft: 'prompt',
  rebootHard: 'prompt',
  pause: 'prompt',
  unpause: 'prompt',
  suspend: 'moves data',
  resume: 'moves data',
  rescue: 'moves data',
  unrescue: 'prompt',
  createVolume: 'moves data',
  deleteVolume: 'moves data',
  extendVolume: 'prompt',
  createSnapshot: 'moves data',
  deleteSnapshot: 'moves data',
  revertToSnapshot: 'moves data',
  copyVolumeToImage: 'moves data',
  copyVolume: 'moves data',
  retypeVolume: 'moves data',
  reimageVolume: 'moves data',
  unmanageVolume: 'prompt',
  spawn: 'moves data',
  destroy: 'moves data',
  shelve: 'moves data',
  offload: 'prompt',
  unshelve: 'moves data',
  resize: 'moves data',
  confirmResize: 'prompt',
  revertResize: 'moves data',
  extendDevice: 'prompt',
  swapDevice: 'moves data',
} as const satisfies Record<DriverCall, Pace>;

/** How long each may take, in ms. */
export type PatienceMs = Readonly<Record<Pace, number>>;

const MINUTE_MS = 60_000;
const PATIENCE_MS: PatienceMs = { prompt: 10 * MINUTE_MS, 'moves data': 24 * 60 * MINUTE_MS };

/**
 * @param drivers those that are asked
 * @returns the same, but for calls that take too long: they throw a DriverError that names who is silent, and whatever
 *   they answer later goes unheard. A later attempt may ask again.
 */
export function withTimeLimit(drivers: DriverRegistry, patienceMs: PatienceMs = PATIENCE_MS): DriverRegistry {
  return {
    driverFor: (disk) => limited(drivers.driverFor(disk), patienceMs),
    driverOfHost: (host) => limited(drivers.driverOfHost(host), patienceMs),
    driverOfPool: (pool) => limited(drivers.driverOfPool(pool), patienceMs),
  };
}

function limited(driver: Driver, patienceMs: PatienceMs): Driver {
  async function inTime<Answer>(call: DriverCall, who: string, answer: Promise<Answer>): Promise<Answer> {
    const silence = new DriverError(`${who} gave no answer to ${call} in time.`, { retryable: true });
    return within(patienceMs[PACE[call]], answer, silence);
  }
  const hostOf = (server: { host: string }): string => `Host ${server.host}`;
  const backendOf = (volume: { pool: string | null }): string => `Backend ${volume.pool ?? 'of no name'}`;
  return {
    getConnector: (disk) => inTime('getConnector', hostOf(disk.server), driver.getConnector(disk)),
    initializeConnection: (disk, connector) =>
      inTime('initializeConnection', backendOf(disk.volume), driver.initializeConnection(disk, connector)),
    attachDevice: (disk, info) =>
      inTime('attachDevice', hostOf(disk.server), driver.attachDevice(disk, info)),
    detachDevice: (disk) => inTime('detachDevice', hostOf(disk.server), driver.detachDevice(disk)),
    terminateConnection: (disk, connector) =>
      inTime('terminateConnection', backendOf(disk.volume), driver.terminateConnection(disk, connector)),
    changePower: (server, call) => inTime(call, hostOf(server), driver.changePower(server, call)),
    changeVolume: (volume, call, args) =>
      inTime(call, backendOf(volume), driver.changeVolume(volume, call, args)),
    changeServer: (server, call, args, volumeId) =>
      inTime(call, hostOf(server), driver.changeServer(server, call, args, volumeId)),
  };
}
