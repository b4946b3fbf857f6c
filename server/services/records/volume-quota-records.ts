/**
 * Storage quotas as the volume API shows them: what a project may have, has, and is about to have.
 */
import { DEFAULT_QUOTA, QUOTA_RESOURCES_PER_TYPE, quotaOfType } from '~/server/domain/quota';
import { defaultLimit } from '~/server/domain/quota-limits';
import type { Context } from '../context';
import { loadDefaultQuota } from '../load-default-quota';
import { loadQuotas } from '../load-quota';
import { authorize, authorizeFor, notFound } from '../refused';

/** Of one resource; −1 is without limit, GiB for `gigabytes`. */
export interface QuotaRecord {
  limit: number;
  inUse: number;
  reserved: number;
}

/** By resource, `gigabytes` or `gigabytes_<type>`: those of the service, then three for every volume type. */
export type QuotaRecords = Readonly<Record<string, QuotaRecord>>;

/**
 * @throws RefusedError forbidden for a project that the caller may not look into, not_found when there is no such project
 */
export async function getVolumeQuota(context: Context, projectId: string): Promise<QuotaRecords> {
  authorizeFor(context, 'volume_extension:quotas:show', projectId);
  return quotaOf(context, projectId);
}

/**
 * What projects have that have no limits of their own.
 * @param projectId of whom it is asked; the answer is the same for all
 */
export async function getDefaultVolumeQuota(context: Context, projectId: string): Promise<QuotaRecords> {
  authorizeFor(context, 'volume_extension:quotas:show', projectId);
  return defaults(context);
}

/** The same, asked for by the name of its class. */
export async function getVolumeQuotaClass(context: Context): Promise<QuotaRecords> {
  authorize(context, 'volume_extension:quota_classes:get');
  return defaults(context);
}

/**
 * The quota of the caller's project, or of another one, for the limits.
 * @throws RefusedError forbidden without the reader role, not_found when there is no such project
 */
export async function getVolumeLimits(context: Context, projectId: string): Promise<QuotaRecords> {
  authorizeFor(context, 'limits_extension:used_limits', projectId);
  return quotaOf(context, projectId);
}

async function quotaOf(context: Context, projectId: string): Promise<QuotaRecords> {
  const { sql } = context.runtime.database;
  const [usual, quotas] = await Promise.all([defaults(context), loadQuotas(sql, [projectId])]);
  const quota = quotas.get(projectId);
  if (quota === undefined) throw notFound('project', projectId);
  return mapped(usual, (resource, { limit }) => ({
    limit: quota.limits[resource] ?? limit,
    inUse: quota.inUse[resource] ?? 0,
    reserved: quota.reserved[resource] ?? 0,
  }));
}

async function defaults(context: Context): Promise<QuotaRecords> {
  const { sql } = context.runtime.database;
  const [types, defaultQuota] = await Promise.all([
    sql<{ name: string }[]>`select name from volume_types order by name`,
    loadDefaultQuota(sql),
  ]);
  const perType = types.flatMap(({ name }) =>
    QUOTA_RESOURCES_PER_TYPE.map((resource) => quotaOfType(resource, name)),
  );
  return Object.fromEntries(
    [...Object.keys(DEFAULT_QUOTA.volume), ...perType].map((resource) => [
      resource,
      { limit: defaultLimit({ defaultQuota }, resource), inUse: 0, reserved: 0 },
    ]),
  );
}

function mapped(
  records: QuotaRecords,
  change: (resource: string, record: QuotaRecord) => QuotaRecord,
): QuotaRecords {
  return Object.fromEntries(
    Object.entries(records).map(([resource, record]) => [resource, change(resource, record)]),
  );
}
