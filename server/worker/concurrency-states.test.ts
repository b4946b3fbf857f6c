/**
 * Several callers at once on one object: what comes out is what some order of them, one after another, gives. Verbs that change records, or start
 * from states that others leave.
 */
import { afterAll, beforeAll, test } from 'vitest';
import {
  attachment,
  type Case,
  type Crowd,
  expectSomeOrder,
  gatherCrowd,
  type Scene,
  server,
  snapshot,
  volume,
} from '~/server/testing/crowd';

let crowd: Crowd;

beforeAll(async () => {
  crowd = await gatherCrowd();
});

afterAll(() => crowd.cloud.close());

const CONNECTOR = { connector: { host: 'elsewhere', initiator: 'iqn.2026-01.test:elsewhere' } };
/** That no volume has: the specs of the others cannot change any more. */
const oneType = ({ shared }: Scene): string => shared.typeIds.elsewhere ?? '';
const project = (scene: Scene): string => scene.project.id;
const tiny = {
  name: 'tiny',
  vcpus: 1,
  ramMib: 64,
  diskGib: 1,
  ephemeralGib: 0,
  swapMib: 0,
  extraSpecs: {},
};
const FORMER = { vmState: 'active', flavorId: 'tiny', flavor: tiny, host: null };

const CASES: readonly Case[] = [
  { action: 'server.start', target: server, servers: { vm_state: 'stopped' } },
  { action: 'server.unpause', target: server, servers: { vm_state: 'paused' } },
  { action: 'server.resume', target: server, servers: { vm_state: 'suspended' } },
  { action: 'server.unrescue', target: server, servers: { vm_state: 'rescued' } },
  { action: 'server.unlock', target: server, servers: { locked_by: 'owner' } },
  { action: 'server.reset-state', target: server, input: () => ({ state: 'error' }) },
  { action: 'server.shelve-offload', target: server, servers: { vm_state: 'shelved' } },
  { action: 'server.unshelve', target: server, servers: { vm_state: 'shelved_offloaded', host: null } },
  { action: 'server.force-delete', target: server, servers: { vm_state: 'soft-delete' } },
  { action: 'server.restore', target: server, servers: { vm_state: 'soft-delete', former: FORMER } },
  { action: 'server.confirm-resize', target: server, servers: { vm_state: 'resized', former: FORMER } },
  { action: 'server.revert-resize', target: server, servers: { vm_state: 'resized', former: FORMER } },
  { action: 'server.update', target: server, input: (_, caller) => ({ name: `web-${caller}` }) },
  {
    action: 'server.create',
    target: project,
    input: ({ shared }) => ({ name: 'web-3', flavor: 'tiny', image: shared.imageId }),
  },
  { action: 'volume.update', target: volume, input: () => ({ name: 'data' }) },
  {
    action: 'volume.unset-metadata',
    target: volume,
    input: () => ({ names: ['key'] }),
    volumes: { metadata: { key: 'value' } },
  },
  { action: 'volume.set-image-metadata', target: volume, input: () => ({ metadata: { os_type: 'linux' } }) },
  {
    action: 'volume.unset-image-metadata',
    target: volume,
    input: () => ({ names: ['os_type'] }),
    volumes: { image_metadata: { os_type: 'linux' } },
  },
  { action: 'volume.unreserve', target: volume, volumes: { status: 'attaching' } },
  {
    action: 'volume.roll-detaching',
    target: volume,
    given: 'attached elsewhere',
    volumes: { status: 'detaching' },
  },
  {
    action: 'volume.mark-attached',
    target: volume,
    input: () => ({ mountpoint: '/dev/vdb', hostName: 'metal' }),
  },
  {
    action: 'volume.mark-detached',
    target: volume,
    input: (scene) => ({ attachmentId: attachment(scene) }),
    given: 'attached elsewhere',
  },
  { action: 'volume.initialize-connection', target: volume, input: () => CONNECTOR },
  { action: 'volume.terminate-connection', target: volume, input: () => CONNECTOR },
  { action: 'attachment.update', target: attachment, input: () => CONNECTOR, given: 'reserved' },
  {
    action: 'attachment.set-delete-on-termination',
    target: attachment,
    input: () => ({ deleteOnTermination: true }),
    given: 'attached',
  },
  { action: 'snapshot.update', target: snapshot, input: () => ({ name: 'before' }), given: 'snapshot' },
  { action: 'snapshot.force-delete', target: snapshot, given: 'snapshot' },
  {
    action: 'snapshot.reset-status',
    target: snapshot,
    input: () => ({ status: 'error' }),
    given: 'snapshot',
  },
  {
    action: 'snapshot.set-metadata',
    target: snapshot,
    input: (_, caller) => ({ metadata: { [`key-${caller}`]: 'value' } }),
    given: 'snapshot',
  },
  { action: 'volume-type.create', target: project, input: () => ({ name: 'one-of-its-name' }) },
  {
    action: 'volume-type.update',
    target: oneType,
    input: () => ({ description: 'Another' }),
  },
  {
    action: 'volume-type.set-extra-specs',
    target: oneType,
    input: (_, caller) => ({ extraSpecs: { [`key-${caller}`]: 'value' } }),
  },
  {
    action: 'volume-type.unset-extra-specs',
    target: oneType,
    input: () => ({ names: ['volume_backend_name'] }),
  },
  { action: 'quota.update', target: project, input: (_, caller) => ({ limits: { volumes: 20 + caller } }) },
  { action: 'quota.reset', target: project },
];

test.each(CASES.map((each, at) => [`${at + 1} ${each.action}`, each] as const))('%s', (_, given) =>
  expectSomeOrder(crowd, given),
);
