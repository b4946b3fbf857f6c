/**
 * A small cloud that nothing speaks against, for tests to spoil: one project, two servers on one host, an available
 * volume and an available multiattach volume, a snapshot, types, pools, an image.
 */
import { DEFAULT_QUOTA } from '../quota';
import { host, member, server, volume } from '../sound-facts';
import type { Input } from './fields';
import { type Ask, type Settings, USUAL_SETTINGS } from './verb';
import {
  type AttachmentRecord,
  emptyWorld,
  type FlavorRecord,
  type ImageRecord,
  type PoolRecord,
  type ServerRecord,
  type SnapshotRecord,
  type VolumeRecord,
  type VolumeTypeRecord,
  type World,
} from './world';

const tiny: FlavorRecord = {
  id: '1',
  name: 'm1.tiny',
  vcpus: 1,
  ramMib: 64,
  diskGib: 1,
  ephemeralGib: 0,
  swapMib: 0,
  extraSpecs: {},
};
const small: FlavorRecord = { ...tiny, id: '2', name: 'm1.small', ramMib: 128 };

export function serverRecord(changes: Partial<ServerRecord> = {}): ServerRecord {
  const { id: flavorId, ...flavor } = tiny;
  return {
    ...server(),
    userId: 'user-1',
    description: null,
    powerState: 1,
    lockedReason: null,
    flavorId,
    flavor,
    imageId: 'image-1',
    metadata: {},
    former: null,
    ...changes,
  };
}

export function volumeRecord(changes: Partial<VolumeRecord> = {}): VolumeRecord {
  return {
    ...volume(),
    userId: 'user-1',
    description: null,
    previousStatus: null,
    typeId: 'type-plain',
    pool: 'stor-1@lvm#lvm',
    snapshotId: null,
    sourceVolumeId: null,
    metadata: {},
    imageMetadata: null,
    encrypted: false,
    groupId: null,
    nameId: null,
    consumesQuota: true,
    ...changes,
  };
}

/** Attached to server-1 as /dev/vdb, read and write, unless said otherwise. */
export function attachmentRecord(changes: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return {
    id: 'attachment-1',
    volumeId: 'volume-1',
    multiattach: false,
    instanceId: 'server-1',
    attachStatus: 'attached',
    mode: 'rw',
    attachedHost: 'cmp-1',
    mountpoint: '/dev/vdb',
    connector: 'sealed connector',
    connectionInfo: 'sealed connection info',
    bdmId: 'bdm-1',
    serverId: 'server-1',
    device: '/dev/vdb',
    bootIndex: null,
    tag: null,
    deleteOnTermination: false,
    ...changes,
  };
}

export function snapshotRecord(changes: Partial<SnapshotRecord> = {}): SnapshotRecord {
  return {
    id: 'snapshot-1',
    volumeId: 'volume-1',
    projectId: 'project-1',
    userId: 'user-1',
    name: 'before-upgrade',
    description: null,
    sizeGib: 10,
    status: 'available',
    progress: 100,
    metadata: {},
    consumesQuota: true,
    ...changes,
  };
}

export function typeRecord(changes: Partial<VolumeTypeRecord> = {}): VolumeTypeRecord {
  return {
    id: 'type-plain',
    name: 'plain',
    description: null,
    public: true,
    extraSpecs: {},
    access: [],
    ...changes,
  };
}

export function poolRecord(changes: Partial<PoolRecord> = {}): PoolRecord {
  return {
    id: 'stor-1@lvm#lvm',
    totalGib: 1000,
    freeGib: 900,
    capabilities: { volume_backend_name: 'lvm', multiattach: true },
    usable: true,
    frozen: false,
    ...changes,
  };
}

export function imageRecord(changes: Partial<ImageRecord> = {}): ImageRecord {
  return {
    id: 'image-1',
    name: 'tiny',
    owner: 'project-1',
    status: 'active',
    visibility: 'public',
    diskFormat: 'raw',
    containerFormat: 'bare',
    minDiskGib: 1,
    minRamMib: 0,
    sizeBytes: 1 << 20,
    protected: false,
    properties: {},
    ...changes,
  };
}

/** Rows that replace or join those that are there, by table. */
export type Rows = {
  [Name in keyof World]?: World[Name] extends ReadonlyMap<string, infer Row> ? Row[] : never;
};

function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** @param rows a row with the id of one that is there takes its place */
export function soundWorld(rows: Rows = {}): World {
  const usual = {
    server: [serverRecord(), serverRecord({ id: 'server-2', name: 'web-2' })],
    volume: [
      volumeRecord(),
      volumeRecord({ id: 'volume-2', name: 'shared-1', multiattach: true, typeId: 'type-multi' }),
    ],
    attachment: [],
    snapshot: [],
    volumeType: [
      typeRecord(),
      typeRecord({ id: 'type-multi', name: 'multi', extraSpecs: { multiattach: '<is> True' } }),
    ],
    image: [imageRecord()],
    quota: [
      {
        id: 'project-1',
        limits: { ...DEFAULT_QUOTA.volume, ...DEFAULT_QUOTA.compute },
        inUse: { volumes: 2, gigabytes: 20 },
        reserved: {},
      },
    ],
    defaultQuota: [],
    qosSpecs: [],
    pool: [poolRecord(), poolRecord({ id: 'stor-2@lvm#lvm' })],
    flavor: [tiny, small],
    operation: [],
  };
  const world: Record<string, ReadonlyMap<string, unknown>> = { ...emptyWorld() };
  for (const [name, there] of Object.entries(usual)) {
    const extra = rows[name as keyof Rows] ?? [];
    world[name] = new Map<string, unknown>([
      ...byId(there as { id: string }[]),
      ...byId(extra as { id: string }[]),
    ]);
  }
  world.host = new Map((rows.host ?? [host()]).map((each) => [each.name, each]));
  return world as unknown as World;
}

export const settings: Settings = { ...USUAL_SETTINGS, defaultVolumeTypeId: 'type-plain' };

/** A member's call on a world, with ids `fresh-1`, `fresh-2` … */
export function ask(
  world: World,
  id: string,
  input: Input = {},
  changes: Partial<Pick<Ask, 'actor' | 'settings'>> = {},
): Ask {
  let count = 0;
  return {
    actor: member,
    world,
    id,
    input,
    settings,
    fresh: () => {
      count += 1;
      return `fresh-${count}`;
    },
    ...changes,
  };
}
