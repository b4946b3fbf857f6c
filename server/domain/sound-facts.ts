/**
 * Facts that nothing speaks against, for tests to spoil one at a time.
 */
import type { AttachFacts } from './attach-volume';
import type { AttachmentFacts } from './attachment';
import type { DetachFacts } from './detach-volume';
import type { Actor } from './roles';
import type { HostFacts, ServerFacts } from './server';
import type { VolumeFacts } from './volume';

export const member: Actor = {
  userId: 'user-1',
  userName: 'demo',
  projectId: 'project-1',
  projectName: 'demo',
  roles: ['member'],
  service: false,
};
export const reader: Actor = { ...member, userName: 'demo-reader', roles: ['reader'] };
export const admin: Actor = { ...member, userName: 'admin', projectId: 'project-0', roles: ['admin'] };

/** An ACTIVE server on a host. */
export function server(changes: Partial<ServerFacts> = {}): ServerFacts {
  return {
    id: 'server-1',
    name: 'web-1',
    projectId: 'project-1',
    vmState: 'active',
    taskState: null,
    lockedBy: null,
    launched: true,
    host: 'cmp-1',
    rootDeviceName: '/dev/vda',
    availabilityZone: 'nova',
    ...changes,
  };
}

/** Shelved away: on no host. */
export function offloadedServer(changes: Partial<ServerFacts> = {}): ServerFacts {
  return server({ vmState: 'shelved_offloaded', host: null, ...changes });
}

/** A host that is up and can do everything. */
export function host(changes: Partial<HostFacts> = {}): HostFacts {
  return {
    name: 'cmp-1',
    up: true,
    enabled: true,
    zone: 'nova',
    bareMetal: false,
    supportsMultiattach: true,
    supportsTagging: true,
    ...changes,
  };
}

/** An available volume. */
export function volume(changes: Partial<VolumeFacts> = {}): VolumeFacts {
  return {
    id: 'volume-1',
    name: 'data-1',
    projectId: 'project-1',
    status: 'available',
    attachStatus: 'detached',
    migrationStatus: null,
    multiattach: false,
    bootable: false,
    readonly: false,
    sizeGib: 10,
    availabilityZone: 'nova',
    ...changes,
  };
}

/** A complete attachment of `data-1` to `web-1`, with both sides. */
export function attachment(changes: Partial<AttachmentFacts> = {}): AttachmentFacts {
  return {
    id: 'attachment-1',
    volumeId: 'volume-1',
    instanceId: 'server-1',
    instanceName: 'web-1',
    attachStatus: 'attached',
    mode: 'rw',
    computeSide: { device: '/dev/vdb', bootIndex: null, deleteOnTermination: false },
    ...changes,
  };
}

/** The same as {@link attachment}, of another server. */
export function otherAttachment(changes: Partial<AttachmentFacts> = {}): AttachmentFacts {
  return attachment({ id: 'attachment-2', instanceId: 'server-2', instanceName: 'web-2', ...changes });
}

/** A record that only the storage side has. */
export function storageOnly(changes: Partial<AttachmentFacts> = {}): AttachmentFacts {
  return otherAttachment({ computeSide: null, attachStatus: 'reserved', ...changes });
}

/** `data-1` may be attached to `web-1`. */
export function attachFacts(changes: Partial<AttachFacts> = {}): AttachFacts {
  return {
    actor: member,
    server: server(),
    host: host(),
    volume: volume(),
    volumeAttachments: [],
    disks: { rootDeviceName: '/dev/vda', devices: [] },
    request: { device: null, mode: null, tag: null, deleteOnTermination: false },
    limits: { maxDisks: -1, crossZone: true },
    ...changes,
  };
}

/** `data-1` may be detached from `web-1`. */
export function detachFacts(changes: Partial<DetachFacts> = {}): DetachFacts {
  return {
    actor: member,
    server: server(),
    host: host(),
    volume: volume({ status: 'in-use', attachStatus: 'attached' }),
    attachment: attachment(),
    volumeAttachments: [attachment()],
    ...changes,
  };
}

/** What to do about a refusal that no action of ours remedies. */
export function advice(text: string, command?: string) {
  return { kind: 'advice', text, ...(command === undefined ? {} : { command }) } as const;
}
