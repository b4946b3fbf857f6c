/**
 * From changes to announcements: whoever shows a row that has changed, or counts it, is told.
 */
import type { Change } from '~/server/domain/engine/change';
import type { World } from '~/server/domain/engine/world';
import { type Announced, EVERYBODY, NO_ID } from './announce';

/**
 * @param projectId of the operation, for objects whose project is not known
 * @returns each object once
 */
export function announcedBy(
  changes: readonly Change[],
  before: World,
  after: World,
  projectId: string,
): Announced[] {
  const all = changes.flatMap((change) => touched(change, before, after, projectId));
  return [...new Map(all.map((each) => [`${each.kind} ${each.id} ${each.projectId}`, each])).values()];
}

function touched(change: Change, before: World, after: World, projectId: string): Announced[] {
  const id = change.op === 'insert' ? change.row.id : change.id;
  switch (change.table) {
    case 'server':
    case 'volume': {
      const row = after[change.table].get(id) ?? before[change.table].get(id);
      const former = before[change.table].get(id)?.projectId;
      const now = row?.projectId ?? projectId;
      // Whoever gave it away shows it still.
      return [now, ...(former === undefined || former === now ? [] : [former])].map((each) => ({
        kind: change.table as 'server' | 'volume',
        id,
        projectId: each,
      }));
    }
    case 'attachment': {
      const row = after.attachment.get(id) ?? before.attachment.get(id);
      const volume = row && (after.volume.get(row.volumeId) ?? before.volume.get(row.volumeId));
      const server = row?.serverId == null ? undefined : before.server.get(row.serverId);
      return [
        { kind: 'attachment', id, projectId: volume?.projectId ?? projectId },
        ...(volume ? [{ kind: 'volume' as const, id: volume.id, projectId: volume.projectId }] : []),
        ...(server ? [{ kind: 'server' as const, id: server.id, projectId: server.projectId }] : []),
      ];
    }
    case 'snapshot': {
      const row = after.snapshot.get(id) ?? before.snapshot.get(id);
      const project = row?.projectId ?? projectId;
      return [
        { kind: 'snapshot', id, projectId: project },
        ...(row ? [{ kind: 'volume' as const, id: row.volumeId, projectId: project }] : []),
      ];
    }
    case 'volumeType':
      return [{ kind: 'volume-type', id, projectId: EVERYBODY }];
    case 'quota':
      // The quota's id is its project's.
      return [{ kind: 'quota', id: NO_ID, projectId: id }];
    case 'qosSpecs':
      // What types have is shown with them.
      return [{ kind: 'volume-type', id, projectId: EVERYBODY }];
    case 'defaultQuota':
      return [{ kind: 'quota', id: NO_ID, projectId: EVERYBODY }];
    case 'image': {
      const row = after.image.get(id) ?? before.image.get(id);
      return [{ kind: 'image', id, projectId: row?.visibility === 'private' ? projectId : EVERYBODY }];
    }
    case 'computeService':
    case 'storageService':
      return [{ kind: 'service', id: NO_ID, projectId: EVERYBODY }];
  }
}
