/**
 * From the parameters of a list of servers to what the service looks for: who may ask for what, version by version.
 * Source: nova/api/openstack/compute/servers.py, _get_servers and _get_server_search_options.
 */
import { SERVER_STATUSES, type ServerStatus } from '~/server/domain/server';
import type { Context } from '~/server/services/context';
import type { ExactFilter, PatternFilter, ServerFilters } from '~/server/services/records/server-filters';
import { authorize, mayDo } from '~/server/services/refused';
import { FaultError } from '../fault';
import { yesOrNo } from './query-words';
import type { ServerListQuery } from './server-list-schemas';

type Name = keyof ServerListQuery;

/** What everybody may ask for, from which minor version on; the rest is for administrators, and ignored for others. */
const FOR_ALL: Readonly<Partial<Record<Name, number>>> = {
  reservation_id: 1,
  name: 1,
  status: 1,
  image: 1,
  flavor: 1,
  ip: 1,
  'changes-since': 1,
  all_tenants: 1,
  limit: 1,
  marker: 1,
  sort_key: 1,
  sort_dir: 1,
  ip6: 5,
  tags: 26,
  'tags-any': 26,
  'not-tags': 26,
  'not-tags-any': 26,
  'changes-before': 66,
  locked: 73,
  availability_zone: 83,
  config_drive: 83,
  key_name: 83,
  created_at: 83,
  launched_at: 83,
  terminated_at: 83,
  power_state: 83,
  task_state: 83,
  vm_state: 83,
  progress: 83,
  user_id: 83,
  hostname: 90,
};

const EXACT: Readonly<Partial<Record<Name, ExactFilter>>> = {
  image: 'image_id',
  image_ref: 'image_id',
  flavor: 'flavor_id',
  host: 'host',
  node: 'host',
  reservation_id: 'reservation_id',
  availability_zone: 'availability_zone',
  user_id: 'user_id',
  uuid: 'id',
  vm_state: 'vm_state',
  task_state: 'task_state',
  power_state: 'power_state',
  launch_index: 'launch_index',
  locked_by: 'locked_by',
  key_name: 'key_name',
  root_device_name: 'root_device_name',
  access_ip_v4: 'access_ipv4',
  access_ip_v6: 'access_ipv6',
};

const PATTERNS: Readonly<Partial<Record<Name, PatternFilter>>> = {
  name: 'name',
  display_name: 'name',
  description: 'description',
  display_description: 'description',
  hostname: 'hostname',
};

/** A status that does not exist is refused since 2.38; before, no server had it. */
const STRICT_STATUS_SINCE = 38;

/**
 * @param statuses as the query repeats them
 * @param detail whether the list is the detailed one, which has a policy of its own
 * @returns null when no server can be meant
 * @throws RefusedError forbidden for other projects, or what was deleted; FaultError 400 for what cannot be meant
 */
export function serverFilters(
  context: Context,
  given: ServerListQuery,
  { statuses, minor, detail }: { statuses: readonly string[]; minor: number; detail: boolean },
): ServerFilters | null {
  const everything = mayDo(context, 'os_compute_api:servers:allow_all_filters');
  const query = everything ? given : allowed(given, minor);
  const wanted = statusesOf(context, query.status === undefined ? [] : statuses, minor);
  // Servers here have no addresses, so none has the one that is looked for.
  const project = projectOf(context, query, detail);
  if (wanted === null || query.ip !== undefined || query.ip6 !== undefined || 'none' in project) return null;
  const gone = wanted?.includes('DELETED') === true;
  const since = query['changes-since'];
  return {
    projectId: 'id' in project ? project.id : null,
    deleted: deletedOf(query, gone),
    softDeleted:
      query.soft_deleted !== undefined || wanted?.includes('SOFT_DELETED') === true || since !== undefined,
    statuses: wanted,
    exact: picked(query, EXACT),
    patterns: picked(query, PATTERNS),
    configDrive: query.config_drive === undefined ? undefined : yesOrNo('config_drive', query.config_drive),
    locked: query.locked === undefined ? undefined : yesOrNo('locked', query.locked),
    changedSince: since,
    changedBefore: beforeOf(query),
    tags: tagsOf(query),
  };
}

function allowed(query: ServerListQuery, minor: number): ServerListQuery {
  const entries = Object.entries(query).filter(([key]) => (FOR_ALL[key as Name] ?? Infinity) <= minor);
  return Object.fromEntries(entries) as ServerListQuery;
}

function statusesOf(
  context: Context,
  asked: readonly string[],
  minor: number,
): readonly ServerStatus[] | undefined | null {
  if (asked.length === 0) return undefined;
  const names = asked.map((name) => name.toUpperCase());
  const known = SERVER_STATUSES.filter((status) => names.includes(status));
  if (known.includes('DELETED')) authorize(context, 'os_compute_api:servers:allow_all_filters');
  if (known.length > 0) return known;
  if (minor < STRICT_STATUS_SINCE) return null;
  throw new FaultError(400, `There is no status ${asked.join(', ')}.`);
}

/**
 * Other projects are looked into by all_tenants alone: with it a project may be named; without it project_id is not
 * looked at, and another tenant_id has no servers among one's own.
 */
function projectOf(
  context: Context,
  query: ServerListQuery,
  detail: boolean,
): { every: true } | { none: true } | { id: string } {
  const { all_tenants: asked, tenant_id: tenant, project_id: project } = query;
  const isAll = asked !== undefined && (asked === '' || yesOrNo('all_tenants', asked));
  const own = context.actor.projectId;
  if (!isAll) return tenant === undefined || tenant === own ? { id: own } : { none: true };
  authorize(context, `os_compute_api:servers:${detail ? 'detail' : 'index'}:get_all_tenants`);
  const named = project ?? tenant;
  return named === undefined ? { every: true } : { id: named };
}

/** What has changed since a time may be gone by now. */
function deletedOf(query: ServerListQuery, gone: boolean): boolean | null {
  if (query.deleted !== undefined) return yesOrNo('deleted', query.deleted);
  if (gone) return true;
  return query['changes-since'] !== undefined || query['changes-before'] !== undefined ? null : false;
}

function beforeOf(query: ServerListQuery): Date | undefined {
  const { 'changes-since': since, 'changes-before': before } = query;
  if (since !== undefined && before !== undefined && before < since) {
    throw new FaultError(400, 'changes-before is before changes-since.');
  }
  return before;
}

function tagsOf(query: ServerListQuery): ServerFilters['tags'] {
  const lists = {
    all: query.tags,
    any: query['tags-any'],
    notAll: query['not-tags'],
    none: query['not-tags-any'],
  };
  return Object.fromEntries(
    Object.entries(lists).flatMap(([key, list]) => (list === undefined ? [] : [[key, list.split(',')]])),
  );
}

/** @returns the parameters that are given, by the column they look at */
function picked<Column extends string>(
  query: ServerListQuery,
  columns: Readonly<Partial<Record<Name, Column>>>,
): Partial<Record<Column, string>> {
  const entries = Object.entries(columns).flatMap(([name, column]) => {
    const value = query[name as Name];
    return typeof value === 'string' ? [[column, value]] : [];
  });
  return Object.fromEntries(entries) as Partial<Record<Column, string>>;
}
