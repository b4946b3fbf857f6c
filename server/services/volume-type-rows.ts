/**
 * Volume types, as far as the caller's project may use them.
 */
import type { TypeEncryption } from '~/server/domain/encryption';
import { isAdmin } from '~/server/domain/roles';
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import type { Fragment } from './keyset';
import { visible } from './list-filters';
import { authorize, mayDo, notFound } from './refused';

/** Extra specs that everybody may read; the others tell of the backend (cinder: USER_VISIBLE_EXTRA_SPECS). */
export const READABLE_BY_ALL = ['RESKEY:availability_zones', 'multiattach', 'replication_enabled'];

/** Cinder compares this text and no other. */
const MULTIATTACH = '<is> True';

interface VolumeTypeRow {
  id: string;
  name: string;
  description: string | null;
  public: boolean;
  /** Those that the caller may read. */
  extraSpecs: Record<string, string>;
  multiattach: boolean;
  /** Volumes of this type that the caller may see. */
  volumes: number;
  createdAt: string;
}

interface VolumeTypeDetail extends VolumeTypeRow {
  /** Projects that may use it although it is not public; null for who may not know. */
  access: { id: string; name: string }[] | null;
  snapshots: number;
  /** Size of its volumes and snapshots, as quotas count it. */
  gigabytes: number;
  /** How its volumes are encrypted; null where they are not, or for who may not know. */
  encryption: TypeEncryption | null;
}

interface Data {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Record<string, string>;
  volumes: number;
  created_at: Date;
}

/** @returns the condition that the caller's project may use the volume type `ty` */
export function usableType(context: Context): Fragment {
  const { sql } = context.runtime.database;
  if (isAdmin(context.actor)) return sql`true`;
  return sql`(ty.is_public or exists (select 1 from volume_type_access access
    where access.volume_type_id = ty.id and access.project_id = ${context.actor.projectId}))`;
}

/** @throws RefusedError forbidden without the reader role */
export async function listVolumeTypes(
  context: Context,
  { search }: CatalogueInput,
): Promise<Catalogue<VolumeTypeRow>> {
  authorize(context, 'volume_extension:type_get_all');
  const { sql } = context.runtime.database;
  const found = containsText(sql, search, [sql`ty.name`, sql`ty.description`, sql`ty.id`]);
  const rows = await selectTypes(context, sql`(${found}) order by ty.name ${upToMost(sql)}`);
  return catalogueOf(rows, (data) => toRow(context, data));
}

/** @throws RefusedError not_found when it is not there, or is not for the caller's project */
export async function getVolumeType(context: Context, id: string): Promise<VolumeTypeDetail> {
  authorize(context, 'volume_extension:type_get');
  const { sql } = context.runtime.database;
  const seen = visible(sql, context, sql`s.project_id`);
  const [[data], access, [counted], [encryption]] = await Promise.all([
    selectTypes(context, sql`ty.id = ${id}`),
    mayDo(context, 'volume_extension:volume_type_access:get_all_for_type')
      ? sql<{ id: string; name: string }[]>`
          select p.id, p.name from volume_type_access access join projects p on p.id = access.project_id
          where access.volume_type_id = ${id} order by p.name`
      : null,
    sql<{ snapshots: number; gigabytes: number }[]>`
      with of_type as (select v.id, v.size_gib from volumes v where v.volume_type_id = ${id} and v.deleted_at is null
        and ${visible(sql, context, sql`v.project_id`)}),
      taken as (select s.size_gib from snapshots s join volumes v on v.id = s.volume_id
        where v.volume_type_id = ${id} and s.deleted_at is null and ${seen})
      select (select count(*)::int from taken) as snapshots,
        (select coalesce(sum(size_gib), 0)::int from (select size_gib from of_type union all select size_gib from taken) sizes)
          as gigabytes`,
    mayDo(context, 'volume_extension:volume_type_encryption:get')
      ? sql<TypeEncryption[]>`
          select id, provider, control_location as "controlLocation", cipher, key_size as "keySize"
          from volume_type_encryptions where volume_type_id = ${id}`
      : [],
  ]);
  if (data === undefined) throw notFound('volume-type', id);
  return {
    ...toRow(context, data),
    access: access === null ? null : [...access],
    snapshots: counted?.snapshots ?? 0,
    gigabytes: counted?.gigabytes ?? 0,
    encryption: encryption ?? null,
  };
}

/** @param rest conditions on the type `ty`, and what comes after them */
function selectTypes(context: Context, rest: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select ty.id, ty.name, ty.description, ty.is_public, ty.extra_specs, ty.created_at, coalesce(used.volumes, 0) as volumes
    from volume_types ty
      left join (
        select volume_type_id, count(*)::int as volumes from volumes v
        where v.deleted_at is null and ${visible(sql, context, sql`v.project_id`)} group by volume_type_id
      ) used on used.volume_type_id = ty.id
    where ${usableType(context)} and ${rest}`;
}

function toRow(context: Context, data: Data): VolumeTypeRow {
  const readsAll = mayDo(context, 'volume_extension:types_extra_specs:read_sensitive');
  return {
    id: data.id,
    name: data.name,
    description: data.description,
    public: data.is_public,
    extraSpecs: Object.fromEntries(
      Object.entries(data.extra_specs).filter(([key]) => readsAll || READABLE_BY_ALL.includes(key)),
    ),
    multiattach: data.extra_specs.multiattach === MULTIATTACH,
    volumes: data.volumes,
    createdAt: data.created_at.toISOString(),
  };
}
