/**
 * Attach: every no names what is and what must be, and the way out where there is one.
 */
import { describe, expect, it } from 'vitest';
import { type AttachFacts, attachRefusals } from './attach-volume';
import type { Refusal } from './refusal';
import {
  advice,
  attachFacts,
  attachment,
  host,
  offloadedServer,
  otherAttachment,
  reader,
  server,
  storageOnly,
  volume,
} from './sound-facts';

const ask = { device: null, mode: null, tag: null, deleteOnTermination: false };
const multiattach = volume({ multiattach: true });
const inUse = { status: 'in-use', attachStatus: 'attached' } as const;
const disks = { rootDeviceName: '/dev/vda', devices: ['/dev/vdb'] };

/** Facts, and the first refusal they give. */
const REFUSALS: [Partial<AttachFacts>, Refusal][] = [
  [
    { actor: reader },
    {
      rule: 'policy.os_compute_api:os-volumes-attachments:create',
      code: 'forbidden',
      message:
        'Policy os_compute_api:os-volumes-attachments:create asks for the role member; demo-reader has reader in project demo.',
      remedy: advice('Ask an administrator for the role member in project demo.'),
    },
  ],
  [
    { server: server({ lockedBy: 'owner' }) },
    {
      rule: 'volume.attach.server-locked',
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
    { server: server({ lockedBy: 'admin' }) },
    {
      rule: 'volume.attach.server-locked',
      code: 'conflict',
      message: 'Server web-1 is locked by an administrator; only an administrator may change it while it is.',
      remedy: advice('Ask an administrator to unlock it.'),
    },
  ],
  [
    { server: server({ vmState: 'suspended' }) },
    {
      rule: 'volume.attach.server-state',
      code: 'conflict',
      message:
        'Server web-1 is SUSPENDED; attaching needs one of ACTIVE, PAUSED, SHUTOFF, VERIFY_RESIZE, SOFT_DELETED, SHELVED, SHELVED_OFFLOADED.',
      remedy: {
        kind: 'action',
        action: 'server.resume',
        label: 'Resume web-1',
        args: { serverId: 'server-1' },
      },
    },
  ],
  [
    { server: server({ taskState: 'reboot_pending' }) },
    {
      rule: 'volume.attach.server-busy',
      code: 'conflict',
      message: 'Server web-1 is busy (reboot_pending); it must have no task under way.',
      remedy: advice('Wait until reboot_pending has ended, then try again.'),
    },
  ],
  [
    { server: server({ launched: false }) },
    {
      rule: 'volume.attach.server-never-launched',
      code: 'conflict',
      message: 'Server web-1 has never been started; attaching needs one that has run.',
      remedy: advice('Wait until it has been built, or delete it and boot the volume with a new server.'),
    },
  ],
  [
    { request: { ...ask, device: '/dev/vdb\n' } },
    {
      rule: 'volume.attach.device-invalid',
      code: 'invalid',
      message: '"/dev/vdb\\n" is no device name; it must look like /dev/vdb.',
      remedy: advice('Leave the device empty and the next free letter is taken.'),
    },
  ],
  [
    { volume: volume(inUse), volumeAttachments: [otherAttachment()] },
    {
      rule: 'volume.attach.already-attached',
      code: 'invalid',
      message: 'Volume data-1 is attached to web-2, and it is not a multiattach volume.',
      remedy: {
        kind: 'action',
        action: 'volume.detach',
        label: 'Detach data-1 from web-2',
        args: { volumeId: 'volume-1', serverId: 'server-2' },
      },
    },
  ],
  [
    { volume: volume({ ...inUse, multiattach: true }), volumeAttachments: [attachment()] },
    {
      rule: 'volume.attach.same-server',
      code: 'invalid',
      message:
        'Volume data-1 is attached to server web-1 already; a second time would be the same disk twice.',
    },
  ],
  [
    { server: offloadedServer(), request: { ...ask, tag: 'database' } },
    {
      rule: 'volume.attach.offloaded-tag',
      code: 'invalid',
      message: 'Server web-1 is SHELVED_OFFLOADED; a tag can only be given while it is on a host.',
      remedy: advice(
        'Attach without a tag, or unshelve the server first.',
        'openstack server unshelve server-1',
      ),
    },
  ],
  [
    { server: offloadedServer(), volume: multiattach },
    {
      rule: 'volume.attach.offloaded-multiattach',
      code: 'invalid',
      message:
        'Server web-1 is SHELVED_OFFLOADED; a multiattach volume can only be attached while it is on a host.',
      remedy: advice('Unshelve the server first.', 'openstack server unshelve server-1'),
    },
  ],
  [
    { host: null },
    {
      rule: 'volume.attach.no-host',
      code: 'conflict',
      message: 'Server web-1 is on no known compute host; attaching needs one that is up.',
      remedy: advice('An administrator can find out where it belongs, or shelve and unshelve it.'),
    },
  ],
  [
    { host: host({ up: false }) },
    {
      rule: 'volume.attach.host-down',
      code: 'conflict',
      message: 'Compute host cmp-1 of server web-1 is down; nothing could attach the disk.',
      remedy: advice(
        'Bring the compute service on cmp-1 back.',
        'openstack compute service list --host cmp-1',
      ),
    },
  ],
  [
    { host: host({ supportsTagging: false }), request: { ...ask, tag: 'database' } },
    {
      rule: 'volume.attach.host-without-tags',
      code: 'invalid',
      message: 'Host cmp-1 of server web-1 cannot tag disks.',
      remedy: advice('Attach without a tag.'),
    },
  ],
  [
    { host: host({ supportsMultiattach: false }), volume: multiattach },
    {
      rule: 'volume.attach.host-without-multiattach',
      code: 'conflict',
      message: 'Host cmp-1 of server web-1 cannot attach multiattach volumes.',
      remedy: advice('Choose a server on another host, or a volume of a type without multiattach.'),
    },
  ],
  [
    { disks, limits: { maxDisks: 2, crossZone: true } },
    {
      rule: 'volume.attach.too-many-disks',
      code: 'over_quota',
      message: 'Server web-1 has 2 disks, its root included; at most 2 are allowed.',
      remedy: advice('Detach a volume from the server first.'),
    },
  ],
  [
    { disks, request: { ...ask, device: '/dev/xvdb1' } },
    {
      rule: 'volume.attach.device-taken',
      code: 'conflict',
      message: 'Letter b is taken on server web-1; prefix and digits of a device do not count.',
      remedy: {
        kind: 'action',
        action: 'volume.attach',
        label: 'Use /dev/vdc, the next free one',
        args: { device: '/dev/vdc' },
      },
    },
  ],
  [
    { volume: volume({ availabilityZone: 'az-2' }), limits: { maxDisks: -1, crossZone: false } },
    {
      rule: 'volume.attach.other-zone',
      code: 'invalid',
      message:
        'Volume data-1 is in zone az-2, server web-1 in nova; this cloud attaches within one zone only.',
      remedy: { kind: 'advice', text: 'Choose a volume in zone nova, or a server in az-2.' },
    },
  ],
  [
    { volumeAttachments: [storageOnly()] },
    {
      rule: 'volume.attach.held',
      code: 'invalid',
      message:
        'Volume data-1 is held by attachment attachment-2 (reserved) for web-2, without a disk on any server here.',
      remedy: advice(
        'If nobody waits for that attachment, delete it.',
        'openstack --os-volume-api-version 3.27 volume attachment delete attachment-2',
      ),
    },
  ],
  [
    { volumeAttachments: [storageOnly({ instanceId: null, instanceName: null })] },
    {
      rule: 'volume.attach.held',
      code: 'invalid',
      message:
        'Volume data-1 is held by attachment attachment-2 (reserved) for nobody in particular, without a disk on any server here.',
      remedy: advice(
        'If nobody waits for that attachment, delete it.',
        'openstack --os-volume-api-version 3.27 volume attachment delete attachment-2',
      ),
    },
  ],
];

describe('the words of a refused attach', () => {
  it.each(REFUSALS.map(([facts, refusal]) => ({ ...refusal, facts, refusal })))(
    '$rule: $message',
    ({ facts, refusal }) => {
      expect(attachRefusals(attachFacts(facts))[0]).toEqual(refusal);
    },
  );
});
