/**
 * Keeps an import from changing what an operation is working on.
 */
import { and, asc, eq } from 'drizzle-orm';
import { ImportError } from '~/db/import/import-error';
import { servers } from '~/db/schema/compute';
import { operations } from '~/db/schema/operation';
import { volumes } from '~/db/schema/volume';
import { anyOf } from './any-of';
import type { Fate } from './archive';
import type { Orm } from './known';

/**
 * Locks what the import will change, in the order in which every verb locks, so that no operation can begin on it.
 * @param fates of the documents
 * @throws ImportError when an operation is under way on one of the volumes
 */
export async function lockChanged(orm: Orm, fates: ReadonlyMap<string, Fate>): Promise<void> {
  const changed = (kind: string) =>
    [...fates].flatMap(([source, fate]) =>
      fate === 'changed' && source.startsWith(`${kind}/`) ? [source.slice(kind.length + 1)] : [],
    );
  const [serverIds, volumeIds] = [changed('server'), changed('volume')];
  await orm
    .select({ id: servers.id })
    .from(servers)
    .where(anyOf(servers.id, serverIds))
    .orderBy(asc(servers.id))
    .for('update');
  await orm
    .select({ id: volumes.id })
    .from(volumes)
    .where(anyOf(volumes.id, volumeIds))
    .orderBy(asc(volumes.id))
    .for('update');
  const [busy] = await orm
    .select({ action: operations.action, volumeId: operations.volumeId, volumeName: operations.volumeName })
    .from(operations)
    .where(and(eq(operations.outcome, 'running'), anyOf(operations.volumeId, volumeIds)))
    .limit(1);
  if (busy === undefined) return;
  throw new ImportError(
    `Volume ${busy.volumeName ?? busy.volumeId} has changed in the source, but ${busy.action} is working on it here; import again when that has ended. Nothing was imported.`,
  );
}
