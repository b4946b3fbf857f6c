/**
 * What the servers of projects have used in a stretch of time.
 * Source: nova/api/openstack/compute/simple_tenant_usage.py and schemas/simple_tenant_usage.py
 */
import { z } from 'zod';
import { listUsage, type UsageRecord } from '~/server/services/records/usage-records';
import { authorize, authorizeFor } from '~/server/services/refused';
import { FaultError } from '../fault';
import { type Ask, answer, type Route, route } from '../route';
import { nextLinks, pageLength } from './links';
import { queryNumber, time } from './schema-types';
import { projectUsages, type Window } from './usage-view';

const PAGES_FROM = 40;

const stretch = {
  start: time.optional(),
  end: time.optional(),
  detailed: z.string().optional(),
};
const paged = { ...stretch, limit: queryNumber.optional(), marker: z.string().optional() };

const QUERY: Readonly<Record<number, z.ZodType<UsageQuery>>> = {
  1: z.object(stretch),
  40: z.object(paged),
  75: z.strictObject(paged),
};

interface UsageQuery {
  start?: Date | undefined;
  end?: Date | undefined;
  detailed?: string | undefined;
  limit?: number | undefined;
  marker?: string | undefined;
}

/** What is left out is now, both of them. */
function windowOf({ start, end }: UsageQuery, now: Date): Window {
  const window = { start: start ?? now, end: end ?? now };
  if (window.start > window.end) throw new FaultError(400, 'start must not lie after end.');
  return window;
}

/** @returns links to the next page, as versions that have pages tell them */
function linksOf(ask: Ask, name: string, records: readonly UsageRecord[], limit: number | null) {
  return limit === null ? {} : nextLinks(ask, name, records, limit);
}

function limitOf(minor: number, { limit }: UsageQuery): number | null {
  return minor < PAGES_FROM ? null : pageLength(limit);
}

const list = route({
  method: 'GET',
  path: '/os-simple-tenant-usage',
  summary: 'Show what every project has used',
  status: 200,
  query: QUERY,
  handle: async (call) => {
    const { context, minor } = call;
    const query: UsageQuery = call.query;
    authorize(context, 'os_compute_api:os-simple-tenant-usage:list');
    const now = new Date();
    const window = windowOf(query, now);
    const limit = limitOf(minor, query);
    const records = await listUsage(context, { ...window, projectId: null, marker: query.marker, limit });
    const usages = projectUsages(records, window, { now, detailed: query.detailed === '1' });
    return answer({ tenant_usages: usages, ...linksOf(call, 'tenant_usages', records, limit) });
  },
});

const show = route({
  method: 'GET',
  path: '/os-simple-tenant-usage/:projectId',
  summary: 'Show what a project has used',
  status: 200,
  query: QUERY,
  handle: async (call) => {
    const { context, minor, params } = call;
    const { projectId } = params;
    const query: UsageQuery = call.query;
    authorizeFor(context, 'os_compute_api:os-simple-tenant-usage:show', projectId);
    const now = new Date();
    const window = windowOf(query, now);
    const limit = limitOf(minor, query);
    const records = await listUsage(context, { ...window, projectId, marker: query.marker, limit });
    const [usage = {}] = projectUsages(records, window, { now, detailed: true });
    return answer({ tenant_usage: usage, ...linksOf(call, 'tenant_usage', records, limit) });
  },
});

export const USAGE_ROUTES: readonly Route[] = [list, show];
