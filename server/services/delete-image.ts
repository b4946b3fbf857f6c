/**
 * Deletes an image, such as an upload has made.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';
import { getImageRecord } from './records/image-records';
import { authorizeFor, notFound, RefusedError } from './refused';

/**
 * An image that is still being written goes as well: the operation that writes it then ends in failure.
 * @throws RefusedError not_found, forbidden for an image of another project and for a protected one
 */
export async function deleteImage(context: Context, id: string): Promise<void> {
  const image = await getImageRecord(context, id);
  authorizeFor(context, 'delete_image', image.owner ?? '');
  const { sql } = context.runtime.database;
  const mine = isAdmin(context.actor) ? sql`true` : sql`owner = ${context.actor.projectId}`;
  const [gone] =
    await sql`delete from images where id = ${image.id} and not is_protected and ${mine} returning 1`;
  if (gone !== undefined) return;
  const [there] = await sql`select 1 from images where id = ${image.id}`;
  if (there === undefined) throw notFound('image', id);
  throw new RefusedError([
    {
      rule: 'image.delete.protected',
      code: 'forbidden',
      message: `Image ${image.name === '' ? image.id : image.name} is protected, and cannot be deleted.`,
    },
  ]);
}
