/**
 * Whoever is refused by the storage side is told what to do: in every status of the volume, whatever is asked.
 */
import { expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import {
  ask,
  attachmentRecord,
  imageRecord,
  type Rows,
  snapshotRecord,
  soundWorld,
  typeRecord,
  volumeRecord,
} from '../engine/sound-world';
import { SNAPSHOT_STATUSES } from '../snapshot';
import { admin, member } from '../sound-facts';
import type { VerbName } from '../verb-catalogue';
import { VERBS } from '../verbs';
import { VOLUME_STATUSES } from '../volume';

const NOWHERE = 'nowhere';

/** What is asked of the volume, its snapshot or its attachment; several times where the input decides. */
const ASKED: [VerbName, string, Input][] = [
  ['volume.create', 'project-1', {}],
  ['volume.create', 'project-1', { sourceVolumeId: 'volume-1', sizeGib: 1 }],
  ['volume.create', 'project-1', { sourceVolumeId: NOWHERE, type: NOWHERE, imageId: NOWHERE }],
  ['volume.create', 'project-1', { snapshotId: 'snapshot-1', sizeGib: 1, availabilityZone: NOWHERE }],
  ['volume.create', 'project-1', { snapshotId: NOWHERE, sizeGib: 1, availabilityZone: NOWHERE }],
  ['volume.create', 'project-1', { imageId: 'image-1', sizeGib: 1, metadata: { '?': 'x'.repeat(256) } }],
  ['volume.update', 'volume-1', { description: '\n' }],
  ['volume.delete', 'volume-1', {}],
  ['volume.delete', 'volume-1', { cascade: true }],
  ['volume.force-delete', 'volume-1', {}],
  ['volume.unmanage', 'volume-1', {}],
  ['volume.set-metadata', 'volume-1', { metadata: { '?': '' } }],
  ['volume.unset-metadata', 'volume-1', { names: [NOWHERE] }],
  ['volume.set-image-metadata', 'volume-1', { metadata: { '?': '' } }],
  ['volume.unset-image-metadata', 'volume-1', { names: [NOWHERE] }],
  ['volume.extend', 'volume-1', { sizeGib: 1 }],
  ['volume.extend', 'volume-1', { sizeGib: 10 ** 9, inUse: false }],
  ['volume.complete-extend', 'volume-1', {}],
  ['volume.set-bootable', 'volume-1', { bootable: true }],
  ['volume.set-readonly', 'volume-1', { readonly: true }],
  ['volume.retype', 'volume-1', { type: NOWHERE }],
  ['volume.retype', 'volume-1', { type: 'type-1' }],
  ['volume.retype', 'volume-1', { type: 'shared' }],
  ['volume.migrate', 'volume-1', {}],
  ['volume.migrate', 'volume-1', { host: NOWHERE, cluster: NOWHERE }],
  ['volume.migrate', 'volume-1', { host: 'stor-1@lvm#lvm' }],
  ['volume.complete-migration', 'volume-1', { newVolumeId: NOWHERE }],
  ['volume.complete-migration', 'volume-1', { newVolumeId: 'volume-2' }],
  ['volume.revert', 'volume-1', { snapshotId: NOWHERE }],
  ['volume.revert', 'volume-1', { snapshotId: 'snapshot-1' }],
  ['volume.upload-to-image', 'volume-1', { imageName: 'x', diskFormat: 'qcow2' }],
  ['volume.reimage', 'volume-1', { imageId: NOWHERE }],
  ['volume.reimage', 'volume-1', { imageId: 'image-1' }],
  ['volume.reset-status', 'volume-1', {}],
  ['volume.reset-status', 'volume-2', { status: 'in-use' }],
  ['volume.reserve', 'volume-1', {}],
  ['volume.begin-detaching', 'volume-1', {}],
  ['volume.mark-attached', 'volume-1', { mountpoint: '/dev/vdb' }],
  ['volume.mark-attached', 'volume-1', { mountpoint: '/dev/vdb', instanceId: NOWHERE }],
  ['volume.mark-detached', 'volume-1', { attachmentId: NOWHERE }],
  ['volume.mark-detached', 'volume-2', { attachmentId: 'attachment-1' }],
  ['volume.force-detach', 'volume-1', {}],
  ['volume.initialize-connection', 'volume-1', { connector: {} }],
  ['volume.terminate-connection', 'volume-1', {}],
  ['attachment.create', 'volume-1', { connector: {} }],
  ['attachment.update', 'attachment-1', { connector: {} }],
  ['attachment.complete', 'attachment-1', {}],
  ['attachment.delete', 'attachment-1', {}],
  ['snapshot.create', 'volume-1', { description: '\n', force: false }],
  ['snapshot.update', 'snapshot-1', {}],
  ['snapshot.delete', 'snapshot-1', {}],
  ['snapshot.report', 'snapshot-1', { status: 'deleted' }],
];

const snapshotStatuses = SNAPSHOT_STATUSES;

/** The volume has a disk in a server, one reservation that is nobody's, an odd snapshot, and is of a full project. */
function worldAt(at: number) {
  const status = VOLUME_STATUSES[at] ?? 'available';
  const attached = at % 2 === 1;
  return soundWorld({
    volume: [
      volumeRecord({
        status,
        attachStatus: attached ? 'attached' : 'detached',
        encrypted: true,
        readonly: true,
        groupId: at % 3 === 0 ? 'group-1' : null,
        pool: at % 5 === 4 ? null : 'stor-1@lvm#lvm',
        migrationStatus: at % 4 === 3 ? 'migrating' : null,
      }),
      volumeRecord({ id: 'volume-2', name: 'data-2' }),
    ],
    attachment: attached
      ? [attachmentRecord(), attachmentRecord({ id: 'attachment-2', serverId: null, bdmId: null })]
      : [],
    snapshot: [
      snapshotRecord({ status: snapshotStatuses[at % snapshotStatuses.length] ?? 'error', sizeGib: 3 }),
    ],
    image: [imageRecord({ status: 'queued', minDiskGib: 500 })],
    volumeType: [
      typeRecord(),
      typeRecord({ id: 'shared', name: 'shared', extraSpecs: { multiattach: '<is> True' } }),
    ],
  });
}

test.each(VOLUME_STATUSES.map((status, at) => [status, at] as const))('%s', (_status, at) => {
  const world = worldAt(at);
  const lost = ASKED.flatMap(([action, id, input]) => {
    if (id === 'attachment-1' && !world.attachment.has(id)) return [];
    return [admin, member].flatMap((actor) => {
      const decision = decideVerb(VERBS[action], ask(world, id, input, { actor }));
      const refusals = decision.allowed ? [] : decision.refusals;
      return refusals
        .filter(({ code, remedy }) => code !== 'forbidden' && remedy === undefined)
        .map(({ rule, message }) => `${rule}: ${message}`);
    });
  });
  expect([...new Set(lost)]).toEqual([]);
});

/** What is in progress and in nobody's hands never ends by itself: nobody is told to wait for it. */
test.each<[string, VerbName, Input, Rows, string]>([
  [
    'in maintenance without a migration',
    'volume.set-bootable',
    { bootable: true },
    { volume: [volumeRecord({ status: 'maintenance' })] },
    'Reset data-1 to available',
  ],
  [
    'extending without an extend',
    'volume.complete-extend',
    {},
    { volume: [volumeRecord({ status: 'extending' })] },
    'Reset data-1 to available',
  ],
  [
    'to revert to a snapshot that nobody makes',
    'volume.revert',
    { snapshotId: 'snapshot-1' },
    { snapshot: [snapshotRecord({ status: 'creating' })] },
    'Reset snapshot before-upgrade to available',
  ],
])('%s', (_, action, input, rows, label) => {
  const decision = decideVerb(VERBS[action], ask(soundWorld(rows), 'volume-1', input, { actor: admin }));
  expect(decision).toMatchObject({ allowed: false, refusals: [{ remedy: { kind: 'action', label } }] });
});

test('what was never made is not waited for', () => {
  const world = soundWorld({ volume: [volumeRecord({ status: 'error', pool: null })] });
  const decision = decideVerb(VERBS['snapshot.create'], ask(world, 'volume-1', {}));
  expect(decision).toMatchObject({
    allowed: false,
    refusals: [
      { remedy: { kind: 'advice', text: 'It has never been made: delete it, and make another.' } },
      { rule: 'snapshot.create.volume-status' },
    ],
  });
});
