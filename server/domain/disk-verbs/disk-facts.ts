/**
 * From a world to the facts of attach and detach.
 */
import type { AttachFacts, AttachLimits, AttachRequest } from '../attach-volume';
import type { AttachMode, AttachmentFacts } from '../attachment';
import type { DetachFacts } from '../detach-volume';
import type { Ask, Settings } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, disksOf, rowOf, type World } from '../engine/world';

export interface AttachInput {
  volumeId: string;
  device?: string | undefined;
  mode?: AttachMode | undefined;
  tag?: string | undefined;
  deleteOnTermination?: boolean | undefined;
  microversion?: number | undefined;
}

export interface DetachInput {
  volumeId: string;
  microversion?: number | undefined;
}

/** Facts of which some are not known while somebody fills a form. */
type Known<Facts> = { [Key in keyof Facts]?: Facts[Key] | undefined };

/** @param name of its server; null where that is not known here, or none of the caller's business */
export function attachmentFacts(record: AttachmentRecord, world: World): AttachmentFacts {
  const { id, volumeId, instanceId, attachStatus, mode, bdmId } = record;
  const { device, bootIndex, deleteOnTermination } = record;
  return {
    id,
    volumeId,
    instanceId,
    instanceName: instanceId === null ? null : (world.server.get(instanceId)?.name ?? null),
    attachStatus,
    mode,
    computeSide: bdmId === null ? null : { device, bootIndex, deleteOnTermination },
  };
}

function pairFacts({ world, id, input }: Ask<{ volumeId?: string | undefined }>) {
  const server = rowOf(world, 'server', id);
  const volume = input.volumeId === undefined ? undefined : world.volume.get(input.volumeId);
  const volumeAttachments =
    volume && attachmentsOf(world, volume.id).map((each) => attachmentFacts(each, world));
  return {
    server,
    host: server.host === null ? null : (world.host.get(server.host) ?? null),
    volume,
    volumeAttachments,
  };
}

function requestOf({ device, mode, tag, deleteOnTermination }: Partial<AttachInput>): AttachRequest {
  return {
    device: device ?? null,
    mode: mode ?? null,
    tag: tag ?? null,
    deleteOnTermination: deleteOnTermination ?? false,
  };
}

/** @returns what is known; everything, once the volume is */
export function attachFactsOf(ask: Ask<Partial<AttachInput>>): Known<AttachFacts> {
  const pair = pairFacts(ask);
  return {
    ...pair,
    actor: ask.actor,
    disks: {
      rootDeviceName: pair.server.rootDeviceName,
      devices: disksOf(ask.world, ask.id).map((disk) => disk.device),
    },
    request: requestOf(ask.input),
    limits: limitsOf(ask.settings),
  };
}

/** @returns what is known; everything, once the volume is */
export function detachFactsOf(ask: Ask<Partial<DetachInput>>): Known<DetachFacts> {
  const pair = pairFacts(ask);
  const attachment = pair.volumeAttachments?.find(
    (each) => each.computeSide !== null && each.instanceId === ask.id,
  );
  return {
    ...pair,
    actor: ask.actor,
    ...(pair.volume === undefined ? {} : { attachment: attachment ?? null }),
  };
}

/** @throws Error where something is missing: only asked once the rules have been passed, which need it all */
export function whole<Facts>(facts: Known<Facts>): Facts {
  const missing = Object.entries(facts).find(([, value]) => value === undefined);
  if (missing !== undefined) throw new Error(`${missing[0]} is not known, yet nothing refused`);
  return facts as Facts;
}

/** @returns whether nothing is missing */
export function isWhole(facts: object): boolean {
  return Object.values(facts).every((value) => value !== undefined);
}

/** @returns the command as far as it is known before the volume is */
export function unspoken(serverId: string, verb: 'add' | 'remove') {
  const path = `/v2.1/servers/${serverId}/os-volume_attachments`;
  return {
    command: `openstack server ${verb} volume ${serverId} VOLUME`,
    request:
      verb === 'add'
        ? { method: 'POST' as const, path, body: null }
        : { method: 'DELETE' as const, path: `${path}/VOLUME`, body: null },
  };
}

/** @returns the operator's choices as attach looks at them; −1 is no limit */
export function limitsOf({ maxDisksPerServer, crossZoneAttach }: Settings): AttachLimits {
  return { maxDisks: maxDisksPerServer ?? -1, crossZone: crossZoneAttach };
}
