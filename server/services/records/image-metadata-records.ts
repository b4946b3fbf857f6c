/**
 * What a volume says of the image that its data came from.
 */
import type { Context } from '../context';
import { visible } from '../list-filters';
import { authorizeFor, notFound, RefusedError } from '../refused';
import { conditionSql } from './column-conditions';
import { volumeColumns } from './volume-columns';

/**
 * @returns texts by name, at least one
 * @throws RefusedError not_found for an unknown volume, and for one that says nothing of an image; forbidden without the
 *   reader role
 */
export async function getImageMetadata(
  context: Context,
  volumeId: string,
): Promise<Readonly<Record<string, string>>> {
  const { sql } = context.runtime.database;
  const named = conditionSql(sql, volumeColumns(sql), { key: 'id', how: 'is', value: volumeId });
  const [row] = await sql<{ project_id: string; image_metadata: Record<string, string> | null }[]>`
    select t.project_id, t.image_metadata from volumes t
    where ${named} and t.deleted_at is null and ${visible(sql, context, sql`t.project_id`)}`;
  if (row === undefined) throw notFound('volume', volumeId);
  authorizeFor(context, 'volume:get_volume_metadata', row.project_id);
  if (row.image_metadata !== null) return row.image_metadata;
  const message = `Volume ${volumeId} has no image metadata.`;
  throw new RefusedError([{ rule: 'volume.no-image-metadata', code: 'not_found', message }]);
}
