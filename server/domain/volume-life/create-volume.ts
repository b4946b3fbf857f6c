/**
 * A new volume: empty, or a copy of a snapshot, a volume or an image.
 */
import { insert } from '../engine/change';
import { defineVerb, type Plan } from '../engine/verb';
import type { VolumeRecord, VolumeTypeRecord } from '../engine/world';
import { commandOf, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { choosePool } from './choose-pool';
import { CREATE_PHASES } from './create-phases';
import { CREATE_RULES } from './create-rules';
import {
  type Creating,
  imageMetadataOf,
  imageOf,
  originOf,
  sizeOf,
  snapshotOf,
  typeOf,
  zoneOf,
} from './create-source';
import { isMultiattachType } from './type-of-volume';

export const createVolume = defineVerb({
  name: 'volume.create',
  noun: 'project',
  fields: {
    name: { kind: 'text', label: 'Name', max: 255, optional: true },
    description: { kind: 'text', label: 'Description', max: 255, multiline: true, optional: true },
    sizeGib: {
      kind: 'integer',
      label: 'Size',
      unit: 'GiB',
      min: 1,
      max: 2_147_483_647,
      optional: true,
      hint: 'A copy of a snapshot or a volume is as big as that, unless you ask for more.',
    },
    type: { kind: 'pick', of: 'volumeType', label: 'Type', optional: true },
    snapshotId: { kind: 'pick', of: 'snapshot', label: 'From snapshot', optional: true },
    sourceVolumeId: { kind: 'pick', of: 'volume', label: 'From volume', optional: true },
    imageId: { kind: 'pick', of: 'image', label: 'From image', optional: true },
    availabilityZone: { kind: 'text', label: 'Availability zone', min: 1, max: 255, optional: true },
    metadata: { kind: 'pairs', label: 'Metadata', optional: true },
  },
  life: { of: 'volume', from: [], during: 'creating', done: 'available', failed: 'error' },
  roots: ({ id, input }) => ({
    volumes: input.sourceVolumeId === undefined ? [] : [input.sourceVolumeId],
    snapshots: input.snapshotId === undefined ? [] : [input.snapshotId],
    images: input.imageId === undefined ? [] : [input.imageId],
    everyVolumeType: true,
    pools: true,
    quotas: [id],
  }),
  rules: CREATE_RULES,
  plan,
  phases: CREATE_PHASES,
  steps: (ask) => {
    const image = imageOf(ask);
    const from = sourceWords(ask);
    const pool = poolOf(ask);
    return [
      `Volume ${ask.input.name ?? 'without a name'} of ${sizeOf(ask) ?? '?'} GiB is created${from === null ? '' : ` from ${from}`}, and counts against the quota at once.`,
      pool === null
        ? 'No storage pool can take it: it will become error.'
        : `Pool ${pool} makes room for it.`,
      ...(image === null
        ? []
        : [`It is downloading while image ${image.name} is written on it, and bootable afterwards.`]),
      'It becomes available.',
    ];
  },
  warnings: (ask) => {
    const origin = ask.world.volume.get(ask.input.sourceVolumeId ?? '');
    return origin?.status === 'in-use'
      ? [`Volume ${origin.name} is in use: the copy is what its disk would be after a power cut.`]
      : [];
  },
  onFailure: 'The volume stays, in status error, and counts against the quota until it is deleted.',
  spoken: (ask) => {
    const { input } = ask;
    const size = sizeOf(ask) ?? null;
    return {
      command: commandOf(
        'openstack volume create',
        option('--size', input.sizeGib?.toString()),
        option('--type', input.type),
        option('--snapshot', input.snapshotId),
        option('--source', input.sourceVolumeId),
        option('--image', input.imageId),
        option('--availability-zone', input.availabilityZone),
        option('--description', input.description),
        pairOptions('--property', input.metadata ?? {}),
        input.name === undefined ? '' : shellWord(input.name),
      ),
      request: {
        method: 'POST',
        path: `/v3/${ask.id}/volumes`,
        body: {
          volume: {
            size,
            ...(input.name === undefined ? {} : { name: input.name }),
            ...(input.description === undefined ? {} : { description: input.description }),
            ...(input.type === undefined ? {} : { volume_type: input.type }),
            ...(input.snapshotId === undefined ? {} : { snapshot_id: input.snapshotId }),
            ...(input.sourceVolumeId === undefined ? {} : { source_volid: input.sourceVolumeId }),
            ...(input.imageId === undefined ? {} : { imageRef: input.imageId }),
            ...(input.availabilityZone === undefined ? {} : { availability_zone: input.availabilityZone }),
            ...(input.metadata === undefined ? {} : { metadata: input.metadata }),
          },
        },
      },
    };
  },
});

function sourceWords(ask: Creating): string | null {
  const snapshot = snapshotOf(ask);
  if (snapshot !== null) return `snapshot ${snapshot.name}`;
  const origin = originOf(ask);
  if (origin !== null) return `volume ${origin.name}`;
  const image = imageOf(ask);
  return image === null ? null : `image ${image.name}`;
}

/** A copy is made where its source is; for the rest the scheduler chooses. */
function poolOf(ask: Creating): string | null {
  const origin = originOf(ask);
  if (origin !== null && origin.pool !== null) return origin.pool;
  const type = typeOf(ask);
  if (type === null) return null;
  const wish = { type, sizeGib: sizeOf(ask) ?? 0, availabilityZone: zoneOf(ask) };
  return choosePool(ask.world, wish, ask.settings);
}

function plan(ask: Creating): Plan {
  const type = typeOf(ask);
  const sizeGib = sizeOf(ask);
  if (type === null || sizeGib === undefined)
    throw new Error('a volume without type or size passed the rules');
  const row = newVolume(ask, type, sizeGib);
  const image = imageOf(ask);
  return {
    changes: [insert('volume', row)],
    subject: { volumeId: row.id },
    job: {
      phase: 'build',
      owns: row.id,
      carry: image === null ? {} : { imageId: image.id, imageMetadata: imageMetadataOf(image) },
    },
    answer: { volumeId: row.id },
    message: `Volume ${row.name || row.id} is accepted${row.pool === null ? '' : `, to be made in pool ${row.pool}`}.`,
  };
}

/** @returns the row of a volume that is to be made */
export function newVolume(ask: Creating, type: VolumeTypeRecord, sizeGib: number): VolumeRecord {
  const { actor, input } = ask;
  const origin = originOf(ask);
  const id = ask.fresh();
  const encrypted = type.encryption != null || (origin?.encrypted ?? false);
  return {
    id,
    name: input.name?.trim() ?? '',
    projectId: ask.id,
    userId: actor.userId,
    description: input.description?.trim() ?? null,
    status: 'creating',
    attachStatus: 'detached',
    migrationStatus: null,
    previousStatus: null,
    multiattach: isMultiattachType(type),
    bootable: origin?.bootable ?? false,
    readonly: false,
    sizeGib,
    availabilityZone: zoneOf(ask),
    typeId: type.id,
    pool: poolOf(ask),
    snapshotId: input.snapshotId ?? null,
    sourceVolumeId: input.sourceVolumeId ?? null,
    metadata: input.metadata ?? {},
    imageMetadata: origin?.imageMetadata ?? null,
    encrypted,
    // A key of its own, also where it holds a copy: who has the one need not have the other.
    ...(encrypted ? { encryptionKeyId: ask.fresh() } : {}),
    groupId: null,
    nameId: null,
    consumesQuota: true,
  };
}
