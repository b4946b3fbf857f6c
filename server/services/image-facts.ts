/**
 * Images from their rows, for rules, lists and APIs alike, and who sees which. Who has been given a shared image is not
 * known here, so that such an image is its owner's alone.
 */
import type { Sql, TransactionSql } from 'postgres';
import type { Json } from '~/server/domain/connection';
import type { ImageRecord } from '~/server/domain/engine/world';
import { isAdmin } from '~/server/domain/roles';
import type { Context } from './context';
import type { Fragment } from './keyset';

export type ImageVisibility = ImageRecord['visibility'];

export interface ImageFactsRow {
  id: string;
  name: string;
  owner: string | null;
  status: string;
  visibility: ImageVisibility;
  disk_format: string | null;
  container_format: string | null;
  min_disk_gib: number;
  min_ram_mib: number;
  /** A bigint, which the database gives as text; images are smaller than 9 PB. */
  size_bytes: string | number | null;
  is_protected: boolean;
  properties: Record<string, Json>;
}

/** @returns the columns of {@link ImageFactsRow}, of images `t` */
export function imageColumns(sql: Sql | TransactionSql): Fragment {
  return sql`t.id, t.name, t.owner, t.status, t.visibility, t.disk_format, t.container_format, t.min_disk_gib,
    t.min_ram_mib, t.size_bytes, t.is_protected, t.properties`;
}

export function imageFacts(row: ImageFactsRow): ImageRecord {
  const { id, name, owner, status, visibility, properties } = row;
  return {
    id,
    name,
    owner,
    status,
    visibility,
    diskFormat: row.disk_format,
    containerFormat: row.container_format,
    minDiskGib: row.min_disk_gib,
    minRamMib: row.min_ram_mib,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    protected: row.is_protected,
    properties,
  };
}

/** @returns the condition that the caller sees the image `t`, if these are for everybody */
export function imageShownTo({ runtime, actor }: Context, forAll: readonly ImageVisibility[]): Fragment {
  const { sql } = runtime.database;
  if (isAdmin(actor)) return sql`true`;
  return sql`(t.visibility = any(${[...forAll]}::text[]) or t.owner = ${actor.projectId})`;
}
