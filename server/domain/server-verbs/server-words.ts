/**
 * How actions on a server are said: to a terminal, to a program, and of its disks.
 */
import type { Json } from '../connection';
import type { Ask } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, disksOf, type World } from '../engine/world';

export interface Spoken {
  command: string;
  request: { method: 'POST' | 'PUT' | 'DELETE'; path: string; body: { readonly [key: string]: Json } | null };
}

/** @returns an action request on the server */
export function serverAction(id: string, command: string, body: { readonly [key: string]: Json }): Spoken {
  return {
    command: `openstack server ${command}`,
    request: { method: 'POST', path: `/v2.1/servers/${id}/action`, body },
  };
}

/** @returns the name of the disk's volume */
export function volumeName(world: World, { volumeId }: AttachmentRecord): string {
  return world.volume.get(volumeId)?.name ?? volumeId;
}

/** @returns "a", "a and b", "a, b and c" */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** @returns the volumes' names of the server's disks in a sentence; null when it has none */
export function diskNames({ world, id }: Pick<Ask<object>, 'world' | 'id'>): string | null {
  const disks = disksOf(world, id);
  return disks.length === 0 ? null : listed(disks.map((disk) => volumeName(world, disk)));
}

/** What becomes of each disk when the server goes, one sentence each. */
export function fates({ world, id }: Pick<Ask<object>, 'world' | 'id'>): string[] {
  return disksOf(world, id).map((disk) => {
    const name = volumeName(world, disk);
    const elsewhere = attachmentsOf(world, disk.volumeId).length > 1;
    if (elsewhere) return `Volume ${name} stays attached elsewhere.`;
    if (!disk.deleteOnTermination) return `Volume ${name} is detached and available again.`;
    return `Volume ${name} is deleted with the server.`;
  });
}
