/**
 * What tests of the steps of an attachment begin with: a reservation, and a cloud with it.
 */
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { AttachmentRecord, OperationRecord, VolumeRecord, World } from '../engine/world';

/** As the Block Storage API has made it, for an instance that is not known here. */
export function reservation(changes: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return attachmentRecord({
    instanceId: 'elsewhere',
    attachStatus: 'reserved',
    mode: null,
    attachedHost: null,
    mountpoint: null,
    connector: null,
    connectionInfo: null,
    bdmId: null,
    serverId: null,
    device: null,
    ...changes,
  });
}

export const connected = {
  connector: 'old connector',
  connectionInfo: 'old info',
  attachedHost: 'cmp-1',
} as const;

export function cloud(volume: Partial<VolumeRecord>, ...attachment: AttachmentRecord[]): World {
  return soundWorld({ volume: [volumeRecord(volume)], attachment });
}

export function operation(changes: Partial<OperationRecord>): OperationRecord {
  return operationRecord({
    action: 'volume.attach',
    phase: 'connect',
    owns: null,
    subject: {},
    ...changes,
  });
}

export function refusals(verb: AnyVerb, world: World, input: Input = {}): string[] {
  const decision = decideVerb(verb, ask(world, 'attachment-1', input));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace(`${verb.name}.`, '')}`);
}

export function statesOf(world: World) {
  const volume = world.volume.get('volume-1');
  return [world.attachment.get('attachment-1')?.attachStatus ?? 'gone', volume?.status, volume?.attachStatus];
}
