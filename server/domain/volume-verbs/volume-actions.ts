/**
 * The actions on one volume, except for its attachments, its place and its beginning and end.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';

export const VOLUME_ACTION_VERBS = {} satisfies Partial<Record<VerbName, AnyVerb>>;
