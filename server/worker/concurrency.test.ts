/**
 * Several callers at once on one object: what comes out is what some order of them, one after another, gives.
 */
import { afterAll, beforeAll, test } from 'vitest';
import {
  attachment,
  type Case,
  type Crowd,
  expectSomeOrder,
  gatherCrowd,
  server,
  shareable,
  snapshot,
  volume,
} from '~/server/testing/crowd';

let crowd: Crowd;

beforeAll(async () => {
  crowd = await gatherCrowd();
});

afterAll(() => crowd.cloud.close());

const CASES: readonly Case[] = [
  { action: 'volume.attach', target: server, input: (scene) => ({ volumeId: volume(scene) }) },
  { action: 'volume.attach', target: server, input: (scene) => ({ volumeId: shareable(scene) }) },
  {
    action: 'volume.detach',
    target: server,
    input: (scene) => ({ volumeId: volume(scene) }),
    given: 'attached',
  },
  {
    action: 'attachment.create',
    target: volume,
    input: (scene, caller) => ({ instanceId: server(scene, caller) }),
  },
  {
    action: 'attachment.create',
    target: shareable,
    input: (scene, caller) => ({ instanceId: server(scene, caller) }),
  },
  { action: 'attachment.complete', target: attachment, given: 'reserved' },
  { action: 'attachment.delete', target: attachment, given: 'reserved' },
  {
    action: 'attachment.swap',
    target: attachment,
    input: (scene) => ({ volumeId: shareable(scene) }),
    given: 'attached',
  },
  { action: 'volume.extend', target: volume, input: (_, caller) => ({ sizeGib: 2 + caller }) },
  { action: 'volume.delete', target: volume },
  { action: 'volume.force-delete', target: volume },
  { action: 'volume.reset-status', target: volume, input: () => ({ status: 'error' }) },
  { action: 'volume.upload-to-image', target: volume, input: () => ({ imageName: 'copy' }) },
  { action: 'volume.reimage', target: volume, input: ({ shared }) => ({ imageId: shared.imageId }) },
  {
    action: 'volume.retype',
    target: volume,
    input: () => ({ type: 'elsewhere', migrationPolicy: 'on-demand' }),
  },
  { action: 'volume.migrate', target: volume, input: () => ({ host: 'b@other#pool' }) },
  { action: 'volume.unmanage', target: volume },
  { action: 'volume.reserve', target: volume },
  { action: 'volume.begin-detaching', target: volume, given: 'attached elsewhere' },
  { action: 'volume.set-readonly', target: volume, input: () => ({ readonly: true }) },
  { action: 'volume.set-bootable', target: volume, input: () => ({ bootable: true }) },
  {
    action: 'volume.set-metadata',
    target: volume,
    input: (_, caller) => ({ metadata: { [`key-${caller}`]: 'value' } }),
  },
  {
    action: 'volume.force-detach',
    target: volume,
    input: (scene) => ({ attachmentId: attachment(scene) }),
    given: 'reserved',
  },
  {
    action: 'volume.revert',
    target: volume,
    input: (scene) => ({ snapshotId: snapshot(scene) }),
    given: 'snapshot',
  },
  { action: 'snapshot.create', target: volume },
  { action: 'snapshot.delete', target: snapshot, given: 'snapshot' },
  { action: 'volume.create', target: ({ project }) => project.id, input: () => ({ sizeGib: 1 }) },
  ...(
    [
      'stop',
      'pause',
      'suspend',
      'rescue',
      'reboot-soft',
      'reboot-hard',
      'shelve',
      'delete',
      'soft-delete',
      'lock',
    ] as const
  ).map((name): Case => ({ action: `server.${name}`, target: server, given: 'attached' })),
  { action: 'server.resize', target: server, input: () => ({ flavor: 'small' }) },
];

test.each(CASES.map((each, at) => [`${at + 1} ${each.action}`, each] as const))('%s', (_, given) =>
  expectSomeOrder(crowd, given),
);
