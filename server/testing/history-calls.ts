/**
 * What people do in a random history, and with what: those that change most come more often.
 */
import type { ActionName } from '~/server/domain/action';
import type { Input } from '~/server/domain/engine/fields';
import type { World } from '~/server/domain/engine/world';
import type { Shared } from './whole-cloud';

export type Inputs = (world: World, id: string) => Input[];

const connector = { host: 'elsewhere', initiator: 'iqn.2026-01.test:elsewhere' };
const none: Inputs = () => [{}];
export const eachVolume: Inputs = (world) => [...world.volume.keys()].map((volumeId) => ({ volumeId }));

function attachmentsOfVolume(world: World, id: string): Input[] {
  return [...world.attachment.values()]
    .filter((each) => each.volumeId === id)
    .map((each) => ({ attachmentId: each.id }));
}

/** @returns every action with the inputs that it may be called with in a world */
export function callsIn(shared: Shared): readonly (readonly [ActionName, Inputs])[] {
  return [
    ['volume.attach', eachVolume],
    ['volume.attach', eachVolume],
    ['volume.attach', eachVolume],
    ['volume.detach', eachVolume],
    ['volume.detach', eachVolume],
    ['attachment.create', (world) => [...world.server.keys()].map((instanceId) => ({ instanceId }))],
    [
      'attachment.create',
      (world) => [...world.server.keys()].map((instanceId) => ({ instanceId, connector })),
    ],
    ['attachment.update', () => [{ connector }]],
    ['attachment.complete', none],
    ['attachment.delete', none],
    ['attachment.swap', eachVolume],
    ['volume.extend', (world, id) => [{ sizeGib: (world.volume.get(id)?.sizeGib ?? 0) + 1 }]],
    ['volume.create', () => [{ sizeGib: 1 }, { sizeGib: 1, imageId: shared.imageId }]],
    ['volume.delete', () => [{}, { cascade: true }]],
    ['volume.force-delete', none],
    [
      'volume.reset-status',
      () => [{ status: 'available', attachStatus: 'detached', migrationStatus: 'none' }],
    ],
    ['volume.force-detach', attachmentsOfVolume],
    ['volume.upload-to-image', () => [{ imageName: 'copy' }]],
    ['volume.reimage', () => [{ imageId: shared.imageId }]],
    ['volume.retype', () => [{ type: 'elsewhere', migrationPolicy: 'on-demand' }]],
    ['volume.migrate', () => [{ host: 'b@other#pool' }]],
    ['volume.set-bootable', () => [{ bootable: true }]],
    ['volume.set-readonly', () => [{ readonly: true }]],
    ['volume.set-metadata', () => [{ metadata: { key: 'value' } }]],
    ['volume.reserve', none],
    ['volume.unreserve', none],
    ['volume.begin-detaching', none],
    ['volume.initialize-connection', () => [{ connector }]],
    ['snapshot.create', none],
    ['snapshot.delete', none],
    [
      'volume.revert',
      (world, id) =>
        [...world.snapshot.values()]
          .filter((each) => each.volumeId === id)
          .map((each) => ({ snapshotId: each.id })),
    ],
    ['server.stop', none],
    ['server.start', none],
    ['server.shelve', none],
    ['server.unshelve', none],
    ['server.resize', () => [{ flavor: 'small' }]],
    ['server.confirm-resize', none],
    ['server.revert-resize', none],
    ['server.delete', none],
    ['server.reset-state', () => [{ state: 'active' }]],
  ];
}
