/**
 * A verb by its name.
 */
import type { ActionName } from '~/server/domain/action';
import type { AnyVerb } from '~/server/domain/engine/verb';
import { VERBS } from '~/server/domain/verbs';

/** @throws Error for a name that has no verb */
export function verbOf(name: ActionName): AnyVerb {
  const verb = VERBS[name];
  if (verb === undefined) throw new Error(`${name} has no verb`);
  return verb;
}
