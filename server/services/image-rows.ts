/**
 * Images, as Glance lists them to a project: public ones and its own.
 */
import type { ImageRecord } from '~/server/domain/engine/world';
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import { type ImageFactsRow, imageColumns, imageFacts, imageShownTo } from './image-facts';
import type { Fragment } from './keyset';
import { authorize, notFound } from './refused';

interface ImageRow extends Omit<ImageRecord, 'owner' | 'properties'> {
  /** null for an image that belongs to nobody; the name is the id where the project is not known here. */
  owner: { id: string; name: string } | null;
  createdAt: string;
  updatedAt: string;
}

interface ImageDetail extends ImageRow {
  /** All further properties, as Glance shows them. */
  properties: Record<string, unknown>;
}

interface Data extends ImageFactsRow {
  owner_name: string | null;
  created_at: Date;
  updated_at: Date;
}

/** @throws RefusedError forbidden without the reader role */
export async function listImages(context: Context, { search }: CatalogueInput): Promise<Catalogue<ImageRow>> {
  authorize(context, 'get_images');
  const { sql } = context.runtime.database;
  const found = containsText(sql, search, [sql`t.name`, sql`t.id`]);
  const rows = await selectImages(
    context,
    sql`${imageShownTo(context, ['public'])} and (${found}) order by t.name, t.id ${upToMost(sql)}`,
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
    sql`${imageShownTo(context, ['public', 'community'])} and t.id = ${id}`,
  );
  if (data === undefined) throw notFound('image', id);
  return { ...toRow(data), properties: data.properties };
}

function selectImages(context: Context, condition: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select ${imageColumns(sql)}, p.name as owner_name, t.created_at, t.updated_at
    from images t left join projects p on p.id = t.owner
    where ${condition}`;
}

function toRow(data: Data): ImageRow {
  const { properties: _, owner, name, ...facts } = imageFacts(data);
  return {
    ...facts,
    name: name === '' ? data.id : name,
    owner: owner === null ? null : { id: owner, name: data.owner_name ?? owner },
    createdAt: data.created_at.toISOString(),
    updatedAt: data.updated_at.toISOString(),
  };
}
