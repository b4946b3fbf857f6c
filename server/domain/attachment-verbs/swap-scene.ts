/**
 * A disk, and a volume to swap it to, for tests of the swap.
 */
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { ServerRecord, VolumeRecord, World } from '../engine/world';
import type { Actor } from '../roles';
import { admin } from '../sound-facts';

export const old = volumeRecord({ status: 'in-use', attachStatus: 'attached' });
export const target = volumeRecord({ id: 'volume-3', name: 'data-3' });
export const disk = attachmentRecord({ tag: 'database', deleteOnTermination: true });

/** data-1 is a disk of web-1; data-3 is free. */
export function cloud(rows: Rows = {}): World {
  return soundWorld({
    ...rows,
    volume: [old, target, ...(rows.volume ?? [])],
    attachment: rows.attachment ?? [disk],
  });
}

export function swapAsk(world: World, actor: Actor = admin, volumeId = 'volume-3') {
  return ask(world, 'attachment-1', { volumeId }, { actor });
}

export function ofServer(changes: Partial<ServerRecord>): World {
  return cloud({ server: [serverRecord(changes)] });
}

export function ofOld(changes: Partial<VolumeRecord>): World {
  return cloud({ volume: [{ ...old, ...changes }] });
}

export function ofTarget(changes: Partial<VolumeRecord>): World {
  return cloud({ volume: [{ ...target, ...changes }] });
}
