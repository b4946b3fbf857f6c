import type { Noun } from '~/server/domain/engine/verb';
import type { World } from '~/server/domain/engine/world';
import type { Actor } from '~/server/domain/roles';

/** As much of an id as a person needs to tell two apart. */
const SHORT = 8;

/**
 * @param world in which the object is
 * @returns what a person calls it; the first part of the id of something that has no name
 */
export function objectName(world: World, noun: Noun, id: string, actor: Actor): string {
  switch (noun) {
    case 'project':
      return id === actor.projectId ? actor.projectName : id;
    case 'attachment': {
      const attachment = world.attachment.get(id);
      if (attachment === undefined) return id.slice(0, SHORT);
      const volume = named(world.volume.get(attachment.volumeId)?.name, attachment.volumeId);
      const holder = attachment.serverId ?? attachment.instanceId;
      return holder === null ? volume : `${volume} on ${named(world.server.get(holder)?.name, holder)}`;
    }
    case 'computeService':
    case 'storageService':
      return id;
    default:
      return named(world[noun].get(id)?.name, id);
  }
}

function named(name: string | undefined, id: string): string {
  return name === undefined || name === '' || name === id ? id.slice(0, SHORT) : name;
}
