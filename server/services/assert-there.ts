/**
 * Whether what somebody wants to act on is there for them.
 */
import type { Noun } from '~/server/domain/engine/verb';
import type { World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import { notFound } from './refused';

const WORDS = {
  server: 'server',
  volume: 'volume',
  attachment: 'attachment',
  snapshot: 'snapshot',
  volumeType: 'volume-type',
  qosSpecs: 'qos-specs',
  image: 'image',
  computeService: 'compute-service',
  storageService: 'storage-service',
  project: 'project',
} as const satisfies Record<Noun, string>;

/**
 * @param id of the object; of the project, for a creation
 * @throws RefusedError not_found when it is not in the world, or is another project's
 */
export function assertThere(world: World, noun: Noun, id: string, actor: Actor): void {
  const there = noun === 'project' ? id === actor.projectId || isAdmin(actor) : world[noun].has(id);
  if (!there) throw notFound(WORDS[noun], id);
}
