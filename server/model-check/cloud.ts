/**
 * The cloud that is explored: two servers on one host, an ordinary volume and one for several servers, two people.
 */
import { type Settings, USUAL_SETTINGS } from '~/server/domain/engine/verb';
import type {
  FlavorRecord,
  ImageRecord,
  ServerRecord,
  VolumeRecord,
  VolumeTypeRecord,
  World,
} from '~/server/domain/engine/world';
import { emptyWorld } from '~/server/domain/engine/world';
import type { Actor } from '~/server/domain/roles';

export const PROJECT = 'project';
export const SETTINGS: Settings = { ...USUAL_SETTINGS, defaultVolumeTypeId: 'plain' };

const person = { projectId: PROJECT, projectName: 'demo', service: false };
/** A member, an administrator, and the compute service on an administrator's behalf. */
export const ACTORS: readonly Actor[] = [
  { ...person, userId: 'member', userName: 'member', roles: ['member'] },
  { ...person, userId: 'admin', userName: 'admin', roles: ['admin'] },
  { ...person, userId: 'compute', userName: 'compute', roles: ['admin', 'service'], service: true },
];

const flavor: FlavorRecord = {
  id: 'tiny',
  name: 'tiny',
  vcpus: 1,
  ramMib: 64,
  diskGib: 1,
  ephemeralGib: 0,
  swapMib: 0,
  extraSpecs: {},
};

function server(id: string): ServerRecord {
  const { id: flavorId, ...embedded } = flavor;
  return {
    id,
    name: id,
    projectId: PROJECT,
    userId: 'member',
    description: null,
    vmState: 'active',
    taskState: null,
    lockedBy: null,
    lockedReason: null,
    launched: true,
    host: 'host',
    rootDeviceName: '/dev/vda',
    availabilityZone: 'nova',
    powerState: 1,
    flavorId,
    flavor: embedded,
    imageId: 'image',
    metadata: {},
    former: null,
  };
}

function volume(id: string, multiattach: boolean): VolumeRecord {
  return {
    id,
    name: id,
    projectId: PROJECT,
    userId: 'member',
    description: null,
    status: 'available',
    attachStatus: 'detached',
    migrationStatus: null,
    previousStatus: null,
    multiattach,
    bootable: false,
    readonly: false,
    sizeGib: 1,
    availabilityZone: 'nova',
    typeId: multiattach ? 'multi' : 'plain',
    pool: 'a@b#c',
    snapshotId: null,
    sourceVolumeId: null,
    metadata: {},
    imageMetadata: null,
    encrypted: false,
    groupId: null,
    nameId: null,
    consumesQuota: true,
  };
}

function type(id: string, extraSpecs: Record<string, string>): VolumeTypeRecord {
  return { id, name: id, description: null, public: true, extraSpecs, access: [] };
}

const image: ImageRecord = {
  id: 'image',
  name: 'image',
  owner: PROJECT,
  status: 'active',
  visibility: 'public',
  diskFormat: 'raw',
  containerFormat: 'bare',
  minDiskGib: 1,
  minRamMib: 0,
  sizeBytes: 1 << 20,
  protected: false,
  properties: {},
};

function byId<Row extends { id: string }>(...rows: Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** @returns both servers running, both volumes available, nothing attached */
export function firstWorld(): World {
  return {
    ...emptyWorld(),
    server: byId(server('server-1'), server('server-2')),
    volume: byId(volume('volume-1', false), volume('volume-2', true)),
    volumeType: byId(
      type('plain', {}),
      type('multi', { multiattach: '<is> True' }),
      type('elsewhere', { volume_backend_name: 'other' }),
    ),
    host: new Map([
      [
        'host',
        {
          name: 'host',
          up: true,
          enabled: true,
          zone: 'nova',
          bareMetal: false,
          supportsMultiattach: true,
          supportsTagging: true,
        },
      ],
    ]),
    pool: byId(
      {
        id: 'a@b#c',
        totalGib: 100,
        freeGib: 90,
        capabilities: { multiattach: true, volume_backend_name: 'usual' },
        usable: true,
        frozen: false,
      },
      {
        id: 'd@e#f',
        totalGib: 100,
        freeGib: 90,
        capabilities: { multiattach: true, volume_backend_name: 'other' },
        usable: true,
        frozen: false,
      },
    ),
    flavor: byId(flavor, { ...flavor, id: 'small', name: 'small', ramMib: 128 }),
    image: byId(image),
  };
}
