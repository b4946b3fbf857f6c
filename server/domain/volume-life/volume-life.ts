/**
 * Where volumes come from, where they are kept, and how they go.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { completeMigration } from './complete-migration';
import { createVolume } from './create-volume';
import { deleteVolume, forceDeleteVolume } from './delete-volume';
import { migrateVolume } from './migrate-volume';
import { retypeVolume } from './retype-volume';

export const VOLUME_LIFE_VERBS = {
  'volume.create': createVolume,
  'volume.delete': deleteVolume,
  'volume.force-delete': forceDeleteVolume,
  'volume.retype': retypeVolume,
  'volume.migrate': migrateVolume,
  'volume.complete-migration': completeMigration,
} satisfies Partial<Record<VerbName, AnyVerb>>;
