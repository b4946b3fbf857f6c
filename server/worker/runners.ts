/**
 * Which runner runs which action.
 */
import { type ActionName, SERVER_ACTION_NAMES } from '~/server/domain/action';
import { attachRunner } from './attach-volume';
import { detachRunner } from './detach-volume';
import type { Runner, Work } from './runner';
import { serverActionRunner } from './server-action';
import { verbRunner } from './verb';

/**
 * Calls `use` with the runner of an action. A callback, because each runner has work of its own type.
 * @returns what `use` returns
 */
export function withRunner<Result>(
  action: ActionName,
  use: <W extends Work>(runner: Runner<W>) => Result,
): Result {
  switch (action) {
    case 'volume.attach':
      return use(attachRunner);
    case 'volume.detach':
      return use(detachRunner);
    default:
      return isServerAction(action) ? use(serverActionRunner) : use(verbRunner);
  }
}

function isServerAction(action: ActionName): boolean {
  return (SERVER_ACTION_NAMES as readonly ActionName[]).includes(action);
}
