/**
 * Every verb of the engine. A name of the catalogue that has no verb here does not compile.
 */
import type { AnyVerb } from './engine/verb';
import { SERVER_POWER_VERBS } from './server-power-verbs';
import type { VerbName } from './verb-catalogue';

export const VERBS: Partial<Record<VerbName, AnyVerb>> = {
  ...SERVER_POWER_VERBS,
};
