/**
 * Which runner runs which action.
 */
import type { ActionName } from '~/server/domain/action';
import { attachRunner } from './attach-volume';
import { detachRunner } from './detach-volume';
import type { Runner, Work } from './runner';
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
      return use(verbRunner);
  }
}
