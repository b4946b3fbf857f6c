/**
 * Deletes an image, such as an upload has made.
 */
import type { Context } from './context';
import { perform } from './perform';
import { getImageRecord } from './records/image-records';

/**
 * An image that is still being written goes as well: the operation that writes it then ends in failure.
 * @throws RefusedError not_found, forbidden for an image of another project and for a protected one
 */
export async function deleteImage(context: Context, id: string): Promise<void> {
  // Who may see it, and may not delete it, is told so.
  const image = await getImageRecord(context, id);
  await perform(context, { action: 'image.delete', id: image.id, input: {} });
}
