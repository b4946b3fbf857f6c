/**
 * Every verb of the engine. A name of the catalogue that has no verb here does not compile.
 */
import type { ActionName } from './action';
import { attachVerb } from './disk-verbs/attach';
import { detachVerb } from './disk-verbs/detach';
import type { AnyVerb } from './engine/verb';
import { SERVER_POWER_VERBS } from './server-power-verbs';
import { VOLUME_ACTION_VERBS } from './volume-verbs/volume-actions';

export const VERBS: Partial<Record<ActionName, AnyVerb>> = {
  'volume.attach': attachVerb,
  'volume.detach': detachVerb,
  ...SERVER_POWER_VERBS,
  ...VOLUME_ACTION_VERBS,
};
