/**
 * Whether everything can be put right: what runs comes to an end, and then an administrator can make every volume
 * available, or delete it.
 */
import type { ActionName } from '~/server/domain/action';
import type { World } from '~/server/domain/engine/world';
import { VERBS } from '~/server/domain/verbs';
import { ACTORS } from './cloud';
import { calls, type State, steps, type Trial } from './moves';

/** More than any operation takes. */
const MOST_STEPS = 300;

/**
 * @param well whether hosts and storage do what they are asked
 * @returns the state in which nothing runs any more
 * @throws Error when something never ends
 */
export function runOut(state: State, well: boolean): State {
  let now = state;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (now.world.operation.size === 0) return now;
    const moves = steps(now);
    const fails = well ? undefined : moves.find((each) => each.label.includes(' fails at '));
    now = (fails ?? moves.find((each) => each.label.endsWith(' is done')))?.make() ?? now;
  }
  const running = [...now.world.operation.values()].map((each) => `${each.action} ${each.phase}`);
  throw new Error(`${running.join(', ')}: does not end`);
}

const admin = ACTORS.filter((actor) => actor.roles.includes('admin'));

function only(name: ActionName, inputs: Trial['inputs']): Trial {
  return { verb: VERBS[name], inputs };
}

function isWell(world: World, id: string): boolean {
  const volume = world.volume.get(id);
  if (volume === undefined) return true;
  const known = [...world.attachment.values()].some(
    (each) => each.volumeId === id && each.attachStatus !== null,
  );
  return volume.status === 'available' && volume.attachStatus === 'detached' && !known;
}

/** What an administrator does about one volume, in this order, as far as it is needed and allowed. */
function ways(id: string): readonly Trial[] {
  const here =
    (inputs: Trial['inputs']): Trial['inputs'] =>
    (world, at) =>
      at === id ? inputs(world, at) : [];
  const reset = { status: 'available', attachStatus: 'detached', migrationStatus: 'none' };
  return [
    only(
      'volume.reset-status',
      here(() => [reset]),
    ),
    only(
      'volume.force-delete',
      here(() => [{}]),
    ),
  ];
}

/** @returns a volume that cannot be put right, and what it is; null when all can */
export function beyondRepair(state: State): string | null {
  for (const well of [true, false]) {
    const quiet = runOut(state, well);
    for (const id of quiet.world.volume.keys()) {
      if (isWell(quiet.world, id)) continue;
      const right = ways(id).some((trial) =>
        calls(quiet, [trial], admin).some(({ make }) => {
          const after = make();
          return after !== null && isWell(runOut(after, true).world, id);
        }),
      );
      if (!right) return `nobody can bring ${id} back: ${JSON.stringify(quiet.world.volume.get(id))}`;
    }
  }
  return null;
}
