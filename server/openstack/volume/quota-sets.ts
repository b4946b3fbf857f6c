/**
 * Storage quotas of projects, and what projects have by default.
 * Source: cinder/api/contrib/quotas.py, cinder/api/contrib/quota_classes.py, cinder/api/schemas/quotas.py
 */
import { z } from 'zod';
import { DEFAULT_QUOTA } from '~/server/domain/quota';
import { perform } from '~/server/services/perform';
import {
  getDefaultVolumeQuota,
  getVolumeQuota,
  getVolumeQuotaClass,
} from '~/server/services/records/volume-quota-records';
import { authorize, authorizeFor } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { limitsView, usageView } from './quota-view';
import { LARGEST, queryBool } from './schema-types';

const limit = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^-?[0-9]+$/)
        .transform(Number),
    ],
    { error: 'expects a number' },
  )
  .pipe(z.int({ error: 'expects a whole number' }).min(-1).max(LARGEST));

const given = z.record(z.string().max(255), z.unknown(), { error: 'expects an object of limits' });

/** Which project it is says the address; clients send it once more. */
const NOT_LIMITS = ['tenant_id', 'id'];

/** Limits of servers are the compute API's to set. */
const ELSEWHERE = Object.keys(DEFAULT_QUOTA.compute);

const storageLimits = given
  .transform((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !NOT_LIMITS.includes(key))))
  .pipe(z.record(z.string(), limit))
  .refine((all) => !Object.keys(all).some((key) => ELSEWHERE.includes(key)), {
    error: 'expects resources of storage',
  });

const newLimits = z.strictObject({ quota_set: storageLimits });
const newDefaults = z.strictObject({ quota_class_set: storageLimits });

/** @throws FaultError 404 for any other name: nothing would be limited by it */
function onlyDefault(className: string): void {
  if (className === 'default') return;
  throw new FaultError(404, `There is no quota class ${className.slice(0, 255)}; default is the only one.`);
}

const showQuery = z.object({ usage: queryBool.optional() });

export const QUOTA_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/os-quota-sets/:targetProjectId',
    summary: 'Show the storage quota of a project, with its use if asked',
    status: 200,
    query: { 0: showQuery },
    handle: async ({ context, params, query }) => {
      const quota = await getVolumeQuota(context, params.targetProjectId);
      const view = query.usage === true ? usageView(quota) : limitsView(quota);
      return answer({ quota_set: { id: params.targetProjectId, ...view } });
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-sets/:targetProjectId/defaults',
    summary: 'Show the storage quota that projects have by default',
    status: 200,
    handle: async ({ context, params }) => {
      const quota = await getDefaultVolumeQuota(context, params.targetProjectId);
      return answer({ quota_set: { id: params.targetProjectId, ...limitsView(quota) } });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-quota-sets/:targetProjectId',
    summary: 'Change the storage quota of a project',
    status: 200,
    body: { 0: newLimits },
    handle: async ({ context, params, body }) => {
      authorizeFor(context, 'volume_extension:quotas:update', params.targetProjectId);
      await perform(context, {
        action: 'quota.update',
        id: params.targetProjectId,
        input: { limits: body.quota_set },
      });
      return answer({ quota_set: limitsView(await getVolumeQuota(context, params.targetProjectId)) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/os-quota-sets/:targetProjectId',
    summary: 'Set the storage quota of a project back to the defaults',
    status: 200,
    handle: async ({ context, params }) => {
      authorizeFor(context, 'volume_extension:quotas:delete', params.targetProjectId);
      await perform(context, {
        action: 'quota.reset',
        id: params.targetProjectId,
        input: { service: 'volume' },
      });
      return empty(200);
    },
  }),
  route({
    method: 'GET',
    path: '/os-quota-class-sets/:className',
    summary: 'Show the storage quota of a class; default is the only one',
    status: 200,
    handle: async ({ context, params }) => {
      const quota = await getVolumeQuotaClass(context);
      onlyDefault(params.className);
      return answer({ quota_class_set: { id: params.className, ...limitsView(quota) } });
    },
  }),
  route({
    method: 'PUT',
    path: '/os-quota-class-sets/:className',
    summary: 'Change the storage quota that projects have by default',
    status: 200,
    body: { 0: newDefaults },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:quota_classes:update');
      onlyDefault(params.className);
      await perform(context, {
        action: 'quota.update-defaults',
        id: context.actor.projectId,
        input: { limits: body.quota_class_set },
      });
      return answer({ quota_class_set: limitsView(await getVolumeQuotaClass(context)) });
    },
  }),
];
