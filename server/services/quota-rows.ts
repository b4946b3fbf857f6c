/**
 * Quotas: what a project may have, has, and is about to have.
 */
import {
  DEFAULT_QUOTA,
  QUOTA_RESOURCES_PER_TYPE,
  QUOTA_SERVICES,
  type QuotaService,
  quotaOfType,
  UNLIMITED,
} from '~/server/domain/quota';
import { defaultLimit } from '~/server/domain/quota-limits';
import { isAdmin } from '~/server/domain/roles';
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import { loadDefaultQuota } from './load-default-quota';
import { loadQuotas } from './load-quota';
import { authorize, notFound } from './refused';

interface QuotaEntry {
  service: QuotaService;
  /** `gigabytes`, `volumes_<type>` … */
  resource: string;
  /** −1 is without limit. GiB for `gigabytes`, MiB for `ram`. */
  limit: number;
  /** The limit of a project that has none of its own. */
  default: number;
  inUse: number;
  /** Held for operations that run. */
  reserved: number;
  /** The type that alone is counted; null for what counts all. */
  volumeType: { id: string; name: string } | null;
}

interface QuotaRow {
  /** The project's. */
  id: string;
  project: { id: string; name: string };
  resources: QuotaEntry[];
}

interface Project {
  id: string;
  name: string;
}

/** @throws RefusedError forbidden without the reader role */
export function currentQuota(context: Context): Promise<QuotaRow> {
  return getQuota(context, context.actor.projectId);
}

/**
 * The quota of one project, with every volume type that it may use or has used.
 * @throws RefusedError not_found when the project is not there, or another one than the caller's
 */
export async function getQuota(context: Context, projectId: string): Promise<QuotaRow> {
  authorizeQuotas(context);
  const { sql } = context.runtime.database;
  const mine = isAdmin(context.actor) || projectId === context.actor.projectId;
  const [project] = mine
    ? await sql<Project[]>`select id, name from projects where id = ${projectId} and deleted_at is null`
    : [];
  if (project === undefined) throw notFound('project', projectId);
  const [row] = await rowsOf(context, [project]);
  if (row === undefined) throw notFound('project', projectId);
  const usable = await sql<{ id: string }[]>`
    select id from volume_types where is_public
    union select volume_type_id from volume_type_access where project_id = ${projectId}`;
  const shown = new Set(usable.map(({ id }) => id));
  return {
    ...row,
    resources: row.resources.filter(
      (each) => each.volumeType === null || shown.has(each.volumeType.id) || tells(each),
    ),
  };
}

/**
 * The quotas of all projects. Of volume types only what is limited or used.
 * @throws RefusedError forbidden for all but administrators
 */
export async function listQuotas(context: Context, { search }: CatalogueInput): Promise<Catalogue<QuotaRow>> {
  authorizeQuotas(context);
  authorize(context, 'identity:list_projects');
  const { sql } = context.runtime.database;
  const found = await sql<Project[]>`
    select p.id, p.name from projects p
    where p.deleted_at is null and (${containsText(sql, search, [sql`p.name`, sql`p.id`])})
    order by p.name ${upToMost(sql)}`;
  const rows = await rowsOf(context, found);
  return catalogueOf(rows, (row) => ({
    ...row,
    resources: row.resources.filter((each) => each.volumeType === null || tells(each)),
  }));
}

function authorizeQuotas(context: Context): void {
  authorize(context, 'volume_extension:quotas:show');
  authorize(context, 'os_compute_api:os-quota-sets:show');
}

/** Whether there is more to say than that nothing is limited and nothing is there. */
function tells({ limit, inUse, reserved }: QuotaEntry): boolean {
  return limit !== UNLIMITED || inUse > 0 || reserved > 0;
}

async function rowsOf(context: Context, projects: readonly Project[]): Promise<QuotaRow[]> {
  const { sql } = context.runtime.database;
  const ids = projects.map(({ id }) => id);
  const [types, quotas, defaultQuota] = await Promise.all([
    sql<{ id: string; name: string }[]>`select id, name from volume_types order by name`,
    loadQuotas(sql, ids),
    loadDefaultQuota(sql),
  ]);
  const known = [
    ...QUOTA_SERVICES.flatMap((service) =>
      Object.keys(DEFAULT_QUOTA[service]).map((resource) => ({ service, resource, volumeType: null })),
    ),
    ...types.flatMap((volumeType) =>
      QUOTA_RESOURCES_PER_TYPE.map((resource) => ({
        service: 'volume' as const,
        resource: quotaOfType(resource, volumeType.name),
        volumeType,
      })),
    ),
  ];
  return projects.map((project) => {
    const quota = quotas.get(project.id);
    return {
      id: project.id,
      project,
      resources: known.map((each) => ({
        ...each,
        limit: quota?.limits[each.resource] ?? defaultLimit({ defaultQuota }, each.resource),
        default: defaultLimit({ defaultQuota }, each.resource),
        inUse: quota?.inUse[each.resource] ?? 0,
        reserved: quota?.reserved[each.resource] ?? 0,
      })),
    };
  });
}
