/**
 * An operation that is under way, for tests of what it keeps others from.
 */
import type { OperationRecord } from './world';

/** @returns one that extends the volume, unless something else is said */
export function operationRecord(changes: Partial<OperationRecord> = {}): OperationRecord {
  return {
    id: 'operation-0',
    action: 'volume.extend',
    phase: 'act',
    outcome: 'running',
    projectId: 'project-1',
    owns: 'volume-1',
    subject: { volumeId: 'volume-1' },
    input: {},
    carry: {},
    reserves: {},
    reason: null,
    cause: null,
    ...changes,
  };
}
