/**
 * Everything that is done with snapshots, besides reverting a volume to one.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { createSnapshot } from './create-snapshot';
import { deleteSnapshot, forceDeleteSnapshot } from './delete-snapshot';
import {
  resetSnapshotStatus,
  setSnapshotMetadata,
  unsetSnapshotMetadata,
  updateSnapshot,
} from './edit-snapshot';
import { reportSnapshot } from './report-snapshot';

export const SNAPSHOT_VERBS = {
  'snapshot.create': createSnapshot,
  'snapshot.update': updateSnapshot,
  'snapshot.delete': deleteSnapshot,
  'snapshot.force-delete': forceDeleteSnapshot,
  'snapshot.reset-status': resetSnapshotStatus,
  'snapshot.report': reportSnapshot,
  'snapshot.set-metadata': setSnapshotMetadata,
  'snapshot.unset-metadata': unsetSnapshotMetadata,
} satisfies Partial<Record<VerbName, AnyVerb>>;
