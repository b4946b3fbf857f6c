/**
 * Flavors, as Nova lists them: to all but administrators only those that are public and not disabled.
 */
import { isAdmin } from '~/server/domain/roles';
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import type { Fragment } from './keyset';
import { visible } from './list-filters';
import { authorize, notFound } from './refused';

interface FlavorRow {
  id: string;
  name: string;
  vcpus: number;
  ramMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  public: boolean;
  disabled: boolean;
  description: string | null;
  extraSpecs: Record<string, string>;
  /** Servers made with it that the caller may see. */
  servers: number;
}

interface Data {
  id: string;
  name: string;
  vcpus: number;
  ram_mib: number;
  disk_gib: number;
  ephemeral_gib: number;
  swap_mib: number;
  is_public: boolean;
  disabled: boolean;
  description: string | null;
  extra_specs: Record<string, string>;
  servers: number;
}

/** @throws RefusedError forbidden without the reader role */
export async function listFlavors(
  context: Context,
  { search }: CatalogueInput,
): Promise<Catalogue<FlavorRow>> {
  authorize(context, 'os_compute_api:os-flavor-extra-specs:index');
  const { sql } = context.runtime.database;
  const offered = isAdmin(context.actor) ? sql`true` : sql`f.is_public and not f.disabled`;
  const found = containsText(sql, search, [sql`f.name`, sql`f.id`]);
  const rows = await selectFlavors(
    context,
    sql`${offered} and (${found}) order by f.ram_mib, f.vcpus, f.disk_gib, f.name, f.id ${upToMost(sql)}`,
  );
  return catalogueOf(rows, toRow);
}

/** @throws RefusedError not_found when it is not there, or not for everybody */
export async function getFlavor(context: Context, id: string): Promise<FlavorRow> {
  authorize(context, 'os_compute_api:os-flavor-extra-specs:index');
  const { sql } = context.runtime.database;
  const shown = isAdmin(context.actor) ? sql`true` : sql`f.is_public`;
  const [data] = await selectFlavors(context, sql`${shown} and f.id = ${id}`);
  if (data === undefined) throw notFound('flavor', id);
  return toRow(data);
}

function selectFlavors(context: Context, condition: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select f.id, f.name, f.vcpus, f.ram_mib, f.disk_gib, f.ephemeral_gib, f.swap_mib, f.is_public, f.disabled,
      f.description, f.extra_specs, coalesce(used.servers, 0) as servers
    from flavors f
      left join (
        select flavor_id, count(*)::int as servers from servers s
        where s.deleted_at is null and ${visible(sql, context, sql`s.project_id`)} group by flavor_id
      ) used on used.flavor_id = f.id
    where ${condition}`;
}

function toRow(data: Data): FlavorRow {
  return {
    id: data.id,
    name: data.name,
    vcpus: data.vcpus,
    ramMib: data.ram_mib,
    diskGib: data.disk_gib,
    ephemeralGib: data.ephemeral_gib,
    swapMib: data.swap_mib,
    public: data.is_public,
    disabled: data.disabled,
    description: data.description,
    extraSpecs: data.extra_specs,
    servers: data.servers,
  };
}
