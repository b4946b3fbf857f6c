/**
 * Projects, for administrators, and each caller's own.
 */
import type { Sql, TransactionSql } from 'postgres';
import type { Context } from '../context';
import { all } from '../list-filters';
import { authorize, notFound, RefusedError } from '../refused';
import { keepingAnAdministrator } from './administrators';
import { DEFAULT_DOMAIN } from './domain';
import { newIdentifier } from './identifier';
import { unlessTaken } from './name-taken';
import { record } from './record';

export interface ProjectView {
  id: string;
  name: string;
  description: string;
  domainId: string;
  enabled: boolean;
}

export interface ProjectFilter {
  name?: string | undefined;
  domainId?: string | undefined;
  enabled?: boolean | undefined;
}

/**
 * All projects, or those in which a user has a role, by name.
 * @param of id of that user; everybody may ask for the own ones
 * @throws RefusedError forbidden
 */
export async function listProjects(
  context: Context,
  { name, domainId, enabled }: ProjectFilter,
  of?: string,
): Promise<ProjectView[]> {
  if (of === undefined) authorize(context, 'identity:list_projects');
  else if (of !== context.actor.userId) authorize(context, 'identity:list_user_projects');
  const { sql } = context.runtime.database;
  return sql<ProjectView[]>`
    select ${columns(sql)} from projects where ${all(sql, [
      sql`deleted_at is null`,
      name === undefined ? sql`true` : sql`name = ${name}`,
      domainId === undefined ? sql`true` : sql`domain_id = ${domainId}`,
      enabled === undefined ? sql`true` : sql`enabled = ${enabled}`,
      of === undefined
        ? sql`true`
        : sql`id in (select project_id from role_assignments where user_id = ${of})`,
    ])}
    order by name`;
}

/**
 * The project one acts in, or as an administrator any.
 * @throws RefusedError not_found, forbidden
 */
export async function getProject(context: Context, id: string): Promise<ProjectView> {
  if (id !== context.actor.projectId) authorize(context, 'identity:get_project');
  const { sql } = context.runtime.database;
  const [project] = await sql<ProjectView[]>`
    select ${columns(sql)} from projects where id = ${id} and deleted_at is null`;
  if (project === undefined) throw notFound('project', id);
  return project;
}

/** @throws RefusedError forbidden; conflict for a name that is taken */
export async function createProject(
  context: Context,
  {
    name,
    description = '',
    enabled = true,
  }: { name: string; description?: string | undefined; enabled?: boolean | undefined },
): Promise<ProjectView> {
  authorize(context, 'identity:create_project');
  const { sql } = context.runtime.database;
  const id = newIdentifier();
  const project = { id, name, description, enabled, domainId: DEFAULT_DOMAIN.id };
  await unlessTaken('project', name, () =>
    sql.begin(async (transaction) => {
      await transaction`
        insert into projects (id, name, description, enabled) values (${id}, ${name}, ${description}, ${enabled})`;
      const input = { projectId: id, name, enabled };
      await record(transaction, context, {
        action: 'project.create',
        input,
        message: `Project ${name} is made`,
      });
    }),
  );
  return project;
}

/**
 * What is left out stays. A project that is disabled has no tokens any more.
 * @throws RefusedError not_found, forbidden; conflict for a name that is taken, or the last administrator's project
 */
export async function updateProject(
  context: Context,
  id: string,
  {
    name,
    description,
    enabled,
  }: { name?: string | undefined; description?: string | undefined; enabled?: boolean | undefined },
): Promise<ProjectView> {
  authorize(context, 'identity:update_project');
  return unlessTaken('project', name ?? id, () =>
    keepingAnAdministrator(context.runtime, async (sql) => {
      const [project] = await sql<ProjectView[]>`
        update projects set name = coalesce(${name ?? null}, name),
          description = coalesce(${description ?? null}, description),
          enabled = coalesce(${enabled ?? null}, enabled)
        where id = ${id} and deleted_at is null returning ${columns(sql)}`;
      if (project === undefined) throw notFound('project', id);
      if (!project.enabled) await sql`delete from api_tokens where project_id = ${id}`;
      const input = { projectId: id, name: project.name, enabled: project.enabled };
      const message = `Project ${project.name} is changed`;
      await record(sql, context, { action: 'project.update', input, message });
      return project;
    }),
  );
}

/**
 * Deletes a project that owns nothing. What it owned once still names it: then it only goes out of sight, and its name
 * is free.
 * @throws RefusedError not_found, forbidden; conflict while it owns something
 */
export async function deleteProject(context: Context, id: string): Promise<void> {
  authorize(context, 'identity:delete_project');
  await keepingAnAdministrator(context.runtime, async (sql) => {
    // Whoever creates something counts it under this lock, and finds the project gone afterwards.
    const [project] = await sql<{ name: string }[]>`
      select name from projects where id = ${id} and deleted_at is null for update`;
    if (project === undefined) throw notFound('project', id);
    await refuseOwner(sql, id, project.name);
    for (const table of OF_PROJECT) await sql`delete from ${sql(table)} where project_id = ${id}`;
    const gone = await sql`
      delete from projects where id = ${id}
        and not exists (select from servers where project_id = ${id})
        and not exists (select from volumes where project_id = ${id})
        and not exists (select from snapshots where project_id = ${id})`;
    if (gone.count === 0) {
      await sql`update projects set enabled = false, deleted_at = now() where id = ${id}`;
    }
    const input = { projectId: id, name: project.name };
    const message = `Project ${project.name} is deleted`;
    await record(sql, context, { action: 'project.delete', input, message });
  });
}

/** What a project takes with it. */
const OF_PROJECT = [
  'api_tokens',
  'application_credentials',
  'sessions',
  'role_assignments',
  'volume_type_access',
  'quotas',
] as const;

async function refuseOwner(sql: TransactionSql, id: string, name: string): Promise<void> {
  const [owned = {}] = await sql<Record<string, number>[]>`
    select
      (select count(*)::int from servers where project_id = ${id} and deleted_at is null) as server,
      (select count(*)::int from volumes where project_id = ${id} and deleted_at is null) as volume,
      (select count(*)::int from snapshots where project_id = ${id} and deleted_at is null) as snapshot,
      (select count(*)::int from images where owner = ${id} and status <> 'deleted') as image`;
  const things = Object.entries(owned)
    .filter(([, count]) => count > 0)
    .map(([noun, count]) => `${count} ${noun}${count === 1 ? '' : 's'}`);
  if (things.length === 0) return;
  throw new RefusedError([
    {
      rule: 'project.not-empty',
      code: 'conflict',
      message: `Project ${name} still has ${things.join(', ')}; a project that is deleted must own nothing.`,
      remedy: { kind: 'advice', text: 'Delete them first, or disable the project.' },
    },
  ]);
}

function columns(sql: Sql | TransactionSql) {
  return sql`id, name, description, domain_id as "domainId", enabled`;
}
