/**
 * What explorations begin with: the small cloud as it is, and others that it takes long to come to, or that no call makes.
 */
import type { Settings } from '~/server/domain/engine/verb';
import type { AttachmentRecord, World } from '~/server/domain/engine/world';
import { firstWorld, SETTINGS } from './cloud';
import type { State } from './moves';
import { counted } from './quota-count';
import { NOTHING } from './reality';

function begin(world: World, settings: Partial<Settings> = {}): State {
  return {
    world: counted(world),
    reality: NOTHING,
    byHand: new Set(),
    settings: { ...SETTINGS, ...settings },
  };
}

/** Both servers running, both volumes available, nothing attached. */
export const FIRST: State = begin(firstWorld());

function changed<Row extends object>(
  rows: ReadonlyMap<string, Row>,
  id: string,
  set: Partial<Row>,
): ReadonlyMap<string, Row> {
  const row = rows.get(id);
  if (row === undefined) throw new Error(`${id} is not there`);
  return new Map([...rows, [id, { ...row, ...set }]]);
}

const twoHosts: World = (() => {
  const world = firstWorld();
  const host = world.host.get('host');
  if (host === undefined) throw new Error('the first cloud has no host');
  return { ...world, host: new Map([...world.host, ['other', { ...host, name: 'other' }]]) };
})();

const root: AttachmentRecord = {
  id: 'root',
  volumeId: 'volume-1',
  multiattach: false,
  instanceId: 'server-1',
  attachStatus: 'attached',
  mode: 'rw',
  attachedHost: 'host',
  mountpoint: '/dev/vda',
  connector: 'connector',
  connectionInfo: 'connection info',
  bdmId: 'root-disk',
  serverId: 'server-1',
  device: '/dev/vda',
  bootIndex: 0,
  tag: null,
  deleteOnTermination: true,
};

/** The first server runs from the first volume. */
const fromVolume: State = {
  ...begin({
    ...twoHosts,
    server: changed(twoHosts.server, 'server-1', { imageId: null }),
    volume: changed(twoHosts.volume, 'volume-1', {
      status: 'in-use',
      attachStatus: 'attached',
      bootable: true,
    }),
    attachment: new Map([[root.id, root]]),
  }),
  reality: {
    exported: new Map([[root.id, root.volumeId]]),
    guests: new Map([[root.id, { serverId: 'server-1', volumeId: 'volume-1' }]]),
  },
};

/** The second server is on no host. */
const away: World = {
  ...twoHosts,
  server: changed(twoHosts.server, 'server-2', { vmState: 'shelved_offloaded', host: null, powerState: 4 }),
};

export const BEGINNINGS: readonly State[] = [
  FIRST,
  fromVolume,
  begin(away),
  begin(twoHosts, { keepsShelvedOnHost: true, forceUpload: true }),
  begin(twoHosts, { maxDisksPerServer: 2, crossZoneAttach: false, swapOnlyWhileMigrating: true }),
];
