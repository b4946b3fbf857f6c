/**
 * Detach: every no names what is and what must be, and the way out where there is one.
 */
import { describe, expect, it } from 'vitest';
import { type DetachFacts, detachRefusals } from './detach-volume';
import type { Refusal } from './refusal';
import { advice, attachment, detachFacts, host, reader, server, volume } from './sound-facts';

/** Facts, and the first refusal they give. */
const REFUSALS: [Partial<DetachFacts>, Refusal][] = [
  [
    { actor: reader },
    {
      rule: 'policy.os_compute_api:os-volumes-attachments:delete',
      code: 'forbidden',
      message:
        'Policy os_compute_api:os-volumes-attachments:delete asks for the role member; demo-reader has reader in project demo.',
      remedy: advice('Ask an administrator for the role member in project demo.'),
    },
  ],
  [
    { attachment: null, volumeAttachments: [] },
    {
      rule: 'volume.detach.not-attached',
      code: 'not_found',
      message: 'Volume data-1 is not attached to server web-1.',
    },
  ],
  [
    {
      attachment: attachment({
        computeSide: { device: '/dev/vda', bootIndex: 0, deleteOnTermination: true },
      }),
    },
    {
      rule: 'volume.detach.root-device',
      code: 'invalid',
      message: 'Volume data-1 is the root disk of server web-1; a server cannot lose its root.',
      remedy: advice('Delete the server to free its root volume.', 'openstack server delete server-1'),
    },
  ],
  [
    { server: server({ lockedBy: 'owner' }) },
    {
      rule: 'volume.detach.server-locked',
      code: 'conflict',
      message: 'Server web-1 is locked by its owner; only an administrator may change it while it is.',
      remedy: {
        kind: 'action',
        action: 'server.unlock',
        label: 'Unlock web-1',
        args: { serverId: 'server-1' },
      },
    },
  ],
  [
    { server: server({ vmState: 'rescued' }) },
    {
      rule: 'volume.detach.server-state',
      code: 'conflict',
      message:
        'Server web-1 is RESCUE; detaching needs one of ACTIVE, PAUSED, SHUTOFF, VERIFY_RESIZE, SOFT_DELETED, SHELVED, SHELVED_OFFLOADED.',
      remedy: {
        kind: 'action',
        action: 'server.unrescue',
        label: 'Unrescue web-1',
        args: { serverId: 'server-1' },
      },
    },
  ],
  [
    { server: server({ vmState: 'error' }) },
    {
      rule: 'volume.detach.server-state',
      code: 'conflict',
      message:
        'Server web-1 is ERROR; detaching needs one of ACTIVE, PAUSED, SHUTOFF, VERIFY_RESIZE, SOFT_DELETED, SHELVED, SHELVED_OFFLOADED.',
      remedy: advice('Find out what broke server web-1; an administrator can set its state back afterwards.'),
    },
  ],
  [
    { server: server({ taskState: 'migrating' }) },
    {
      rule: 'volume.detach.server-busy',
      code: 'conflict',
      message: 'Server web-1 is busy (migrating); it must have no task under way.',
      remedy: advice('Wait until migrating has ended, then try again.'),
    },
  ],
  [
    { server: server({ launched: false }) },
    {
      rule: 'volume.detach.server-never-launched',
      code: 'conflict',
      message: 'Server web-1 has never been started; detaching needs one that has run.',
      remedy: advice('Wait until it has been built, or delete it and boot the volume with a new server.'),
    },
  ],
  [
    { host: null },
    {
      rule: 'volume.detach.no-host',
      code: 'conflict',
      message: 'Server web-1 is on no known compute host; detaching needs one that is up.',
      remedy: advice('An administrator can find out where it belongs, or shelve and unshelve it.'),
    },
  ],
  [
    { host: host({ up: false }) },
    {
      rule: 'volume.detach.host-down',
      code: 'conflict',
      message: 'Compute host cmp-1 of server web-1 is down; nothing could detach the disk.',
      remedy: advice(
        'Bring the compute service on cmp-1 back.',
        'openstack compute service list --host cmp-1',
      ),
    },
  ],
  [
    { volume: volume({ status: 'in-use', attachStatus: 'attached', migrationStatus: 'migrating' }) },
    {
      rule: 'volume.detach.migrating',
      code: 'invalid',
      message: 'Volume data-1 is being migrated (migrating); its attachments must not change meanwhile.',
      remedy: advice('Wait until the migration has ended.'),
    },
  ],
  [
    { volume: volume({ status: 'detaching', attachStatus: 'attached' }) },
    {
      rule: 'volume.detach.volume-status',
      code: 'invalid',
      message: 'Volume data-1 is detaching; detaching needs in-use and attached.',
      remedy: advice('It is being detached already; wait for that to end.'),
    },
  ],
  [
    { volume: volume({ status: 'extending', attachStatus: 'attached' }) },
    {
      rule: 'volume.detach.volume-status',
      code: 'invalid',
      message: 'Volume data-1 is extending; detaching needs in-use and attached.',
    },
  ],
  [
    { volume: volume({ status: 'in-use', attachStatus: 'detached' }) },
    {
      rule: 'volume.detach.volume-status',
      code: 'invalid',
      message: 'Volume data-1 is in-use but detached; detaching needs in-use and attached.',
    },
  ],
];

describe('the words of a refused detach', () => {
  it.each(REFUSALS.map(([facts, refusal]) => ({ ...refusal, facts, refusal })))(
    '$rule: $message',
    ({ facts, refusal }) => {
      expect(detachRefusals(detachFacts(facts))[0]).toEqual(refusal);
    },
  );
});
