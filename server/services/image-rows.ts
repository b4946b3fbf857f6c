/**
 * Images, as Glance lists them to a project: public ones and its own. Who has been given a shared image is not known
 * here, so that such an image is its owner's alone.
 */
import { isAdmin } from '~/server/domain/roles';
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import type { Fragment } from './keyset';
import { authorize, notFound } from './refused';

interface ImageRow {
  id: string;
  name: string;
  /** null for an image that belongs to nobody; the name is the id where the project is not known here. */
  owner: { id: string; name: string } | null;
  status: string;
  visibility: 'public' | 'private' | 'shared' | 'community';
  diskFormat: string | null;
  containerFormat: string | null;
  minDiskGib: number;
  minRamMib: number;
  sizeBytes: number | null;
  protected: boolean;
  createdAt: string;
  updatedAt: string;
}

interface ImageDetail extends ImageRow {
  /** All further properties, as Glance shows them. */
  properties: Record<string, unknown>;
}

interface Data {
  id: string;
  name: string;
  owner: string | null;
  owner_name: string | null;
  status: string;
  visibility: ImageRow['visibility'];
  disk_format: string | null;
  container_format: string | null;
  min_disk_gib: number;
  min_ram_mib: number;
  size_bytes: string | null;
  is_protected: boolean;
  properties: Record<string, unknown>;
  created_at: Date;
  updated_at: Date;
}

/** @throws RefusedError forbidden without the reader role */
export async function listImages(context: Context, { search }: CatalogueInput): Promise<Catalogue<ImageRow>> {
  authorize(context, 'get_images');
  const { sql } = context.runtime.database;
  const found = containsText(sql, search, [sql`i.name`, sql`i.id`]);
  const rows = await selectImages(
    context,
    sql`${shownTo(context, ['public'])} and (${found}) order by i.name, i.id ${upToMost(sql)}`,
  );
  return catalogueOf(rows, toRow);
}

/** @throws RefusedError not_found when it is not there, or not for the caller's project */
export async function getImage(context: Context, id: string): Promise<ImageDetail> {
  authorize(context, 'get_image');
  const { sql } = context.runtime.database;
  // Whoever knows the id of a community image may use it; lists leave it out.
  const [data] = await selectImages(
    context,
    sql`${shownTo(context, ['public', 'community'])} and i.id = ${id}`,
  );
  if (data === undefined) throw notFound('image', id);
  return { ...toRow(data), properties: data.properties };
}

/** The condition that the caller sees the image `i`, if these are for everybody. */
function shownTo(context: Context, forAll: readonly ImageRow['visibility'][]): Fragment {
  const { sql } = context.runtime.database;
  if (isAdmin(context.actor)) return sql`true`;
  return sql`(i.visibility = any(${[...forAll]}::text[]) or i.owner = ${context.actor.projectId})`;
}

function selectImages(context: Context, condition: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select i.id, i.name, i.owner, p.name as owner_name, i.status, i.visibility, i.disk_format, i.container_format,
      i.min_disk_gib, i.min_ram_mib, i.size_bytes, i.is_protected, i.properties, i.created_at, i.updated_at
    from images i left join projects p on p.id = i.owner
    where ${condition}`;
}

function toRow(data: Data): ImageRow {
  return {
    id: data.id,
    name: data.name === '' ? data.id : data.name,
    owner: data.owner === null ? null : { id: data.owner, name: data.owner_name ?? data.owner },
    status: data.status,
    visibility: data.visibility,
    diskFormat: data.disk_format,
    containerFormat: data.container_format,
    minDiskGib: data.min_disk_gib,
    minRamMib: data.min_ram_mib,
    // A bigint, which the database gives as text; images are smaller than 9 PB.
    sizeBytes: data.size_bytes === null ? null : Number(data.size_bytes),
    protected: data.is_protected,
    createdAt: data.created_at.toISOString(),
    updatedAt: data.updated_at.toISOString(),
  };
}
