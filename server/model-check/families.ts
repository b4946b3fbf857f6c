/**
 * Which verbs are explored together, and with what input.
 */

import type { ActionName } from '~/server/domain/action';
import type { Input } from '~/server/domain/engine/fields';
import type { World } from '~/server/domain/engine/world';
import { VERBS } from '~/server/domain/verbs';
import { PROJECT } from './cloud';
import type { Trial } from './moves';

function trial(name: ActionName, ...inputs: readonly Input[]): Trial {
  const fixed = inputs.length === 0 ? [{}] : inputs;
  return { verb: VERBS[name], inputs: () => fixed };
}

function made(name: ActionName, inputs: Trial['inputs']): Trial {
  return { verb: VERBS[name], inputs };
}

function eachVolume(world: World): Input[] {
  return [...world.volume.keys()].map((volumeId) => ({ volumeId }));
}

/** Each live attachment of the volume. */
function eachAttachment(world: World, id: string): Input[] {
  return [...world.attachment.values()]
    .filter((each) => each.volumeId === id)
    .map((each) => ({ attachmentId: each.id }));
}

function eachSnapshot(world: World, id: string): Input[] {
  return [...world.snapshot.values()]
    .filter((each) => each.volumeId === id)
    .map((each) => ({ snapshotId: each.id }));
}

const connector = { sealed: 'connector', host: 'host' };
const attach = made('volume.attach', eachVolume);
const detach = made('volume.detach', eachVolume);
const reset = trial('volume.reset-status', {
  status: 'available',
  attachStatus: 'detached',
  migrationStatus: 'none',
});
const forceDetach = made('volume.force-detach', eachAttachment);
const extend = made('volume.extend', (world, id) => [{ sizeGib: (world.volume.get(id)?.sizeGib ?? 0) + 1 }]);
const createSnapshot = trial('snapshot.create', {});
const forceDelete = trial('volume.force-delete');
const migrate = trial('volume.migrate', { host: 'd@e#f' }, { host: 'd@e#f', lockVolume: true });
const swap = made('attachment.swap', eachVolume);

export const FAMILIES: Readonly<Record<string, readonly Trial[]>> = {
  disks: [attach, detach],
  'disks, repaired': [attach, detach, reset, forceDetach],
  'block storage attachments': [
    trial('attachment.create', { instanceId: 'server-1' }, { instanceId: 'server-2', connector }),
    trial('attachment.update', { connector }),
    trial('attachment.complete'),
    trial('attachment.delete'),
    detach,
  ],
  swap: [attach, detach, swap],
  'older clients': [
    trial('volume.reserve'),
    trial('volume.unreserve'),
    trial('volume.begin-detaching'),
    trial('volume.roll-detaching'),
    trial('volume.mark-attached', { instanceId: 'server-1', mountpoint: '/dev/vdb', mode: 'rw' }),
    made('volume.mark-detached', eachAttachment),
    trial('volume.initialize-connection', { connector }),
    trial('volume.terminate-connection', { connector }, {}),
    attach,
  ],
  'volumes alone': [
    extend,
    trial('volume.delete'),
    forceDelete,
    createSnapshot,
    trial('snapshot.delete'),
    attach,
  ],
  copies: [
    made('volume.create', (world) => [
      { sizeGib: 1 },
      { sizeGib: 1, imageId: 'image' },
      { sourceVolumeId: 'volume-1' },
      ...[...world.snapshot.keys()].slice(0, 1).map((snapshotId) => ({ snapshotId })),
    ]),
    createSnapshot,
    trial('snapshot.force-delete'),
    trial('snapshot.reset-status', { status: 'error' }),
    trial('snapshot.report', { status: 'available' }, { status: 'error_deleting' }),
    made('volume.revert', eachSnapshot),
    trial('volume.delete', { cascade: true }),
    reset,
  ],
  contents: [
    extend,
    trial('volume.complete-extend', {}, { error: true }),
    trial('volume.upload-to-image', { imageName: 'copy' }),
    trial('volume.reimage', { imageId: 'image' }),
    trial('volume.set-bootable', { bootable: true }),
    trial('volume.set-readonly', { readonly: true }),
    trial('volume.unmanage'),
    attach,
    reset,
  ],
  moves: [
    migrate,
    trial('volume.retype', { type: 'elsewhere', migrationPolicy: 'on-demand' }, { type: 'plain' }),
    attach,
    detach,
    forceDelete,
  ],
  offers: [
    trial('volume.create-transfer', { authKey: 'key' }),
    trial('volume.delete-transfer'),
    made('volume.accept-transfer', (world) =>
      [...world.volume.values()].flatMap(({ transfer }) =>
        transfer == null ? [] : [{ transferId: transfer.id, authKey: 'key' }],
      ),
    ),
    trial('volume.delete'),
    attach,
    reset,
  ],
  'moves, repaired': [migrate, reset, attach, forceDetach, forceDelete],
  power: [
    trial('server.stop'),
    trial('server.start'),
    trial('server.reboot-soft'),
    trial('server.reboot-hard'),
    trial('server.pause'),
    trial('server.unpause'),
    trial('server.suspend'),
    trial('server.resume'),
    trial('server.rescue'),
    trial('server.unrescue'),
    trial('server.lock'),
    trial('server.unlock'),
    trial('server.reset-state', { state: 'active' }, { state: 'error' }),
    attach,
  ],
  'server life': [
    trial('server.shelve'),
    trial('server.shelve-offload'),
    trial('server.unshelve'),
    trial('server.delete'),
    trial('server.reset-state', { state: 'active' }),
    attach,
    detach,
  ],
  'server moves': [
    trial('server.resize', { flavor: 'small' }),
    trial('server.confirm-resize'),
    trial('server.revert-resize'),
    trial('server.soft-delete'),
    trial('server.restore'),
    trial('server.force-delete'),
    attach,
    detach,
  ],
  'servers made': [
    trial(
      'server.create',
      { name: 'new', flavor: 'tiny', image: 'image' },
      {
        name: 'new',
        flavor: 'tiny',
        devices: {
          devices: [
            {
              source_type: 'volume',
              destination_type: 'volume',
              uuid: 'volume-2',
              boot_index: 0,
              delete_on_termination: true,
            },
            {
              source_type: 'blank',
              destination_type: 'volume',
              volume_size: 1,
              boot_index: -1,
              delete_on_termination: true,
            },
          ],
        },
      },
    ),
    trial('volume.set-bootable', { bootable: true }),
    trial('server.delete'),
    trial('server.shelve'),
    attach,
    reset,
  ],
  types: [
    trial('volume-type.create', { name: 'new' }, { name: 'own', public: false }),
    trial('volume-type.update', { name: 'renamed' }, { public: false }),
    trial('volume-type.delete'),
    trial(
      'volume-type.set-extra-specs',
      { extraSpecs: { multiattach: '<is> True' } },
      { extraSpecs: { key: 'value' } },
    ),
    trial('volume-type.unset-extra-specs', { names: ['multiattach'] }, { names: ['key'] }),
    trial('qos-specs.create', { name: 'gold', consumer: 'both', specs: { total_iops_sec: '100' } }),
    trial('qos-specs.update', { specs: { total_iops_sec: '200' } }),
    trial('qos-specs.unset-keys', { names: ['total_iops_sec'] }),
    trial('qos-specs.delete', {}, { force: true }),
    trial('qos-specs.disassociate-all'),
    made('volume-type.associate-qos', (world) =>
      [...world.qosSpecs.keys()].map((qosSpecs) => ({ qosSpecs })),
    ),
    trial('volume-type.disassociate-qos'),
    trial('volume-type.create-encryption', { provider: 'luks', controlLocation: 'front-end' }),
    trial('volume-type.update-encryption', { keySize: 256 }),
    trial('volume-type.delete-encryption'),
    trial('volume-type.add-access', { project: PROJECT }),
    trial('volume-type.remove-access', { project: PROJECT }),
    made('volume.create', (world) => [...world.volumeType.keys()].map((type) => ({ sizeGib: 1, type }))),
    made('volume.retype', (world) =>
      [...world.volumeType.keys()].map((type) => ({ type, migrationPolicy: 'on-demand' })),
    ),
    trial('volume.delete'),
  ],
};

/** What belongs to no family: random walks alone try it. */
export const REST: readonly Trial[] = [
  made('attachment.set-delete-on-termination', () => [{ deleteOnTermination: true }]),
  trial('volume.update', { name: 'renamed' }),
  trial('volume.set-metadata', { metadata: { key: 'value' } }),
  trial('volume.unset-metadata', { names: ['key'] }),
  trial('volume.set-image-metadata', { metadata: { key: 'value' } }),
  trial('volume.unset-image-metadata', { names: ['key'] }),
  trial('snapshot.update', { name: 'renamed' }),
  trial('snapshot.set-metadata', { metadata: { key: 'value' } }),
  trial('snapshot.unset-metadata', { names: ['key'] }),
  trial('server.update', { name: 'renamed' }),
  made('volume.complete-migration', (world, id) =>
    [...world.volume.keys()]
      .filter((each) => each !== id)
      .flatMap((newVolumeId) => [{ newVolumeId }, { newVolumeId, error: true }]),
  ),
  trial('server.unshelve', { host: 'other' }, { zone: 'nova' }),
  trial('server.create', {
    name: 'new',
    flavor: 'tiny',
    devices: {
      devices: [
        {
          source_type: 'image',
          destination_type: 'volume',
          uuid: 'image',
          volume_size: 1,
          boot_index: 0,
          delete_on_termination: true,
        },
      ],
    },
  }),
  trial(
    'attachment.create',
    { instanceId: 'server-1', mode: 'ro' },
    { instanceId: 'unknown' },
    { connector },
  ),
  trial('volume.attach', { volumeId: 'volume-2', mode: 'ro', tag: 'tag', deleteOnTermination: true }),
  trial('attachment.tell-size'),
  trial('volume.extend', { sizeGib: 2, inUse: true }),
  trial('volume.retype', { type: 'multi' }, { type: 'elsewhere', migrationPolicy: 'never' }),
  trial('volume.migrate', { host: 'd@e#f', forceHostCopy: true }),
  trial('volume.upload-to-image', { imageName: 'copy', force: true }),
  trial('volume.reimage', { imageId: 'image', reimageReserved: true }),
  trial('volume.force-detach', {}),
  trial('volume.mark-detached', {}),
  trial('snapshot.create', { force: true }),
  trial(
    'volume.reset-status',
    { status: 'error' },
    { status: 'in-use', attachStatus: 'attached' },
    { status: 'maintenance' },
    { migrationStatus: 'none' },
  ),
  trial('quota.update', { limits: { per_volume_gigabytes: 50 } }),
  trial('quota.reset', {}, { service: 'volume' }),
  trial('quota.update-defaults', { limits: { backups: 4 } }),
];

/** Every call once. */
export const ALL_TRIALS: readonly Trial[] = [...new Set([...Object.values(FAMILIES).flat(), ...REST])];
