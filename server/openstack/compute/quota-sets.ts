/**
 * Quotas of projects, and the limits that follow from them.
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import {
  assertProject,
  getComputeLimits,
  getComputeQuota,
  getComputeQuotaDetail,
  getDefaultComputeQuota,
} from '~/server/services/records/compute-quota-records';
import { authorizeFor } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { absoluteLimits, quotaDetail, quotaLimits, uncountedAt } from './quota-view';
import { bool, LARGEST, LONGEST } from './schema-types';

const limit = z
  .union(
    [
      z.int(),
      z
        .string()
        .regex(/^-?[0-9]+$/)
        .transform(Number),
    ],
    { error: 'expects a number' },
  )
  .pipe(z.int().min(-1, { error: 'expects -1, for no limit, or more' }).max(LARGEST));

/** What upstream may limit, at a version: only three of them are counted here. */
function changesAt(minor: number) {
  const uncounted = Object.fromEntries(uncountedAt(minor).map((name) => [name, limit.optional()]));
  const limits = {
    instances: limit.optional(),
    cores: limit.optional(),
    ram: limit.optional(),
    force: bool.optional(),
    tenant_id: z.string().max(LONGEST).optional(),
  };
  return z.strictObject({ ...uncounted, ...limits });
}

function quotaSetAt(minor: number) {
  return z.strictObject({ quota_set: changesAt(minor) });
}

/** `force` and `tenant_id` are of projects. */
function quotaClassSetAt(minor: number) {
  return z.strictObject({ quota_class_set: changesAt(minor).omit({ force: true, tenant_id: true }) });
}

type Changes = Readonly<Record<string, unknown>>;

/** @throws FaultError 400 for what nobody counts */
function newLimits({ force: _force, tenant_id: _tenant, ...limits }: Changes): Changes {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  const idle = given.find(([name]) => !['instances', 'cores', 'ram'].includes(name));
  if (idle !== undefined)
    throw new FaultError(400, `${idle[0]} are not counted here, so they cannot be limited.`);
  return Object.fromEntries(given);
}

export const QUOTA_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/limits',
    summary: 'Show what a project may have, and has',
    status: 200,
    query: { 1: z.object({ tenant_id: z.string().optional() }) },
    async handle({ context, query, minor }) {
      const quota = await getComputeLimits(context, query.tenant_id ?? context.actor.projectId);
      return answer({ limits: { rate: [], absolute: absoluteLimits(quota, minor) } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-sets/:projectId',
    summary: 'Show the quota of a project',
    status: 200,
    async handle({ context, params: { projectId }, minor }) {
      const quota = await getComputeQuota(context, projectId);
      return answer({ quota_set: { id: projectId, ...quotaLimits(quota, minor) } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-sets/:projectId/detail',
    summary: 'Show the quota of a project, with what is used of it',
    status: 200,
    async handle({ context, params: { projectId }, minor }) {
      const quota = await getComputeQuotaDetail(context, projectId);
      return answer({ quota_set: { id: projectId, ...quotaDetail(quota, minor) } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-sets/:projectId/defaults',
    summary: 'Show the quota of a project that has none of its own',
    status: 200,
    async handle({ context, params: { projectId }, minor }) {
      await assertProject(context, projectId);
      const quota = await getDefaultComputeQuota(context);
      return answer({ quota_set: { id: projectId, ...quotaLimits(quota, minor) } });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-quota-sets/:projectId',
    summary: 'Change the quota of a project',
    status: 200,
    body: { 1: quotaSetAt(1), 36: quotaSetAt(36), 57: quotaSetAt(57) },
    async handle({ context, params: { projectId }, body, minor }) {
      authorizeFor(context, 'os_compute_api:os-quota-sets:update', projectId);
      await assertProject(context, projectId);
      const limits = newLimits(body.quota_set);
      if (Object.keys(limits).length > 0) {
        await perform(context, { action: 'quota.update', id: projectId, input: { limits } });
      }
      return answer({ quota_set: quotaLimits(await getComputeQuota(context, projectId), minor) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/os-quota-sets/:projectId',
    summary: 'Set the quota of a project back to the defaults',
    status: 202,
    async handle({ context, params: { projectId } }) {
      authorizeFor(context, 'os_compute_api:os-quota-sets:delete', projectId);
      await perform(context, { action: 'quota.reset', id: projectId, input: { service: 'compute' } });
      return empty(202);
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-class-sets/:name',
    summary: 'Show the quota of projects that have none of their own',
    status: 200,
    async handle({ context, params: { name }, minor }) {
      authorizeFor(context, 'os_compute_api:os-quota-class-sets:show', context.actor.projectId);
      const quota = await getDefaultComputeQuota(context);
      return answer({ quota_class_set: { id: name, ...quotaLimits(quota, minor) } });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-quota-class-sets/:name',
    summary: 'Change the quota of projects that have none of their own',
    status: 200,
    body: { 1: quotaClassSetAt(1), 36: quotaClassSetAt(36), 57: quotaClassSetAt(57) },
    async handle({ context, params: { name }, body, minor }) {
      authorizeFor(context, 'os_compute_api:os-quota-class-sets:update', context.actor.projectId);
      if (name !== 'default') throw new FaultError(400, 'There is no quota class but default.');
      const before = quotaLimits(await getDefaultComputeQuota(context), minor);
      // Clients send all that they have read; what is not counted here may only stay as it is.
      const given = Object.entries(body.quota_class_set).filter(([key, value]) => before[key] !== value);
      await perform(context, {
        action: 'quota.update-defaults',
        id: context.actor.projectId,
        input: { limits: newLimits(Object.fromEntries(given)) },
      });
      return answer({ quota_class_set: quotaLimits(await getDefaultComputeQuota(context), minor) });
    },
  }),
];
