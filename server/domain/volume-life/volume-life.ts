/**
 * Where volumes come from, where they are kept, and how they go.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { createVolume } from './create-volume';
import { deleteVolume, forceDeleteVolume } from './delete-volume';

export const VOLUME_LIFE_VERBS = {
  'volume.create': createVolume,
  'volume.delete': deleteVolume,
  'volume.force-delete': forceDeleteVolume,
} satisfies Partial<Record<VerbName, AnyVerb>>;
