/**
 * Images that clients name instead of giving their ids.
 */
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';
import { RefusedError } from './refused';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param given an id, a name, or an address that ends with an id
 * @returns the id; what is given where nothing the caller may use has that name, so that a verb can refuse it
 * @throws RefusedError conflict when several have the name (cinder api/v3/volumes.py, _image_uuid_from_ref)
 */
export async function imageIdOf({ runtime, actor }: Context, given: string): Promise<string> {
  const id = given.split('/').at(-1) ?? given;
  if (UUID.test(id)) return id.toLowerCase();
  if (given.includes('\0')) return given;
  const { sql } = runtime.database;
  const shown = isAdmin(actor) ? sql`true` : sql`(visibility <> 'private' or owner = ${actor.projectId})`;
  const [first, second] = await sql<{ id: string }[]>`
    select id from images where name = ${given} and ${shown} order by id limit 2`;
  if (first === undefined) return given;
  if (second === undefined) return first.id;
  throw new RefusedError([
    {
      rule: 'image.ambiguous-name',
      code: 'conflict',
      message: `Several images are called ${given}.`,
      remedy: { kind: 'advice', text: 'Give the id of one of them.', command: 'openstack image list' },
    },
  ]);
}
