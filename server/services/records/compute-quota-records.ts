/**
 * Compute quotas as the compute API shows them: what a project may have, has, and is about to have.
 */
import type { DEFAULT_QUOTA } from '~/server/domain/quota';
import { defaultLimit, limitOf } from '~/server/domain/quota-limits';
import type { Context } from '../context';
import { loadDefaultQuota } from '../load-default-quota';
import { loadQuotas } from '../load-quota';
import { authorize, authorizeFor, RefusedError } from '../refused';

export type ComputeResource = keyof typeof DEFAULT_QUOTA.compute;

/** Of one resource; −1 is without limit, MiB for `ram`. */
export interface ComputeQuotaRecord {
  limit: number;
  inUse: number;
  reserved: number;
}
export type ComputeQuota = Readonly<Record<ComputeResource, ComputeQuotaRecord>>;

/**
 * @throws RefusedError forbidden for a project that the caller may not look into, invalid when there is no such project
 */
export async function getComputeQuota(context: Context, projectId: string): Promise<ComputeQuota> {
  authorizeFor(context, 'os_compute_api:os-quota-sets:show', projectId);
  return quotaOf(context, projectId);
}

/** The same, for those who may see what is used of it. */
export async function getComputeQuotaDetail(context: Context, projectId: string): Promise<ComputeQuota> {
  authorizeFor(context, 'os_compute_api:os-quota-sets:detail', projectId);
  return quotaOf(context, projectId);
}

/**
 * The quota of the caller's project, or of another one, for the limits.
 * @throws RefusedError forbidden for another one, but to administrators
 */
export async function getComputeLimits(context: Context, projectId: string): Promise<ComputeQuota> {
  if (projectId !== context.actor.projectId) authorize(context, 'os_compute_api:limits:other_project');
  return quotaOf(context, projectId);
}

/** What projects have that have no limits of their own. */
export async function getDefaultComputeQuota({ runtime }: Context): Promise<ComputeQuota> {
  const defaultQuota = await loadDefaultQuota(runtime.database.sql);
  return each((resource) => ({ limit: defaultLimit({ defaultQuota }, resource), inUse: 0, reserved: 0 }));
}

/** @throws RefusedError invalid when there is no such project (nova api/openstack/identity.py, verify_project_id) */
export async function assertProject(context: Context, projectId: string): Promise<void> {
  const { sql } = context.runtime.database;
  const [project] = await sql`select id from projects where id = ${projectId} and deleted_at is null`;
  if (project === undefined) throw noProject(projectId);
}

function noProject(id: string): RefusedError {
  return new RefusedError([
    { rule: 'quota.no-project', code: 'invalid', message: `There is no project ${id}.` },
  ]);
}

async function quotaOf(context: Context, projectId: string): Promise<ComputeQuota> {
  const { sql } = context.runtime.database;
  const [quotas, defaultQuota] = await Promise.all([loadQuotas(sql, [projectId]), loadDefaultQuota(sql)]);
  const quota = quotas.get(projectId);
  if (quota === undefined) throw noProject(projectId);
  return each((resource) => ({
    limit: limitOf({ defaultQuota }, quota, resource),
    inUse: quota.inUse[resource] ?? 0,
    reserved: quota.reserved[resource] ?? 0,
  }));
}

function each(record: (resource: ComputeResource) => ComputeQuotaRecord): ComputeQuota {
  return { instances: record('instances'), cores: record('cores'), ram: record('ram') };
}
