/**
 * The order of a list of servers, as its repeated parameters give it.
 * Source: nova/api/openstack/common.py, get_sort_params; nova/api/openstack/compute/servers.py, _get_servers.
 */
import type { Context } from '~/server/services/context';
import { isServerSortKey, type ServerSortKey } from '~/server/services/records/server-filters';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';

interface SortedBy {
  key: ServerSortKey;
  direction: 'asc' | 'desc';
}

/** Keys that were once let through, and did nothing; since 2.75 they are refused. */
const IGNORED = [
  'architecture',
  'cell_name',
  'cleaned',
  'default_ephemeral_device',
  'default_swap_device',
  'deleted',
  'deleted_at',
  'disable_terminate',
  'ephemeral_gb',
  'ephemeral_key_uuid',
  'id',
  'key_data',
  'launched_on',
  'memory_mb',
  'os_type',
  'reservation_id',
  'root_gb',
  'shutdown_terminate',
  'user_data',
  'vcpus',
  'vm_mode',
];
const STRICT_SINCE = 75;
const LOCKED_SINCE = 73;

/** @throws FaultError 400 for an unknown key or direction, RefusedError forbidden for where servers are */
export function serverSort(context: Context, query: URLSearchParams, minor: number): SortedBy[] {
  const keys = query.getAll('sort_key').map((key) => known(key, minor));
  const directions = query.getAll('sort_dir').map(directionOf);
  if (directions.length > Math.max(keys.length, 1)) {
    throw new FaultError(400, 'There are more sort_dir than sort_key.');
  }
  if (keys.some((key) => key === 'host' || key === 'node')) {
    authorize(context, 'os_compute_api:servers:allow_all_filters');
  }
  const [usual = 'desc'] = directions;
  const sorted = keys.flatMap((key, at) =>
    key === null ? [] : [{ key, direction: directions[at] ?? usual }],
  );
  return sorted.length === 0 ? [{ key: 'created_at', direction: usual }] : sorted;
}

function known(key: string, minor: number): ServerSortKey | null {
  const ignored = IGNORED.includes(key) || (key === 'locked' && minor < LOCKED_SINCE);
  if (ignored && minor < STRICT_SINCE) return null;
  if (!ignored && isServerSortKey(key)) return key;
  throw new FaultError(400, `Servers cannot be sorted by ${key}.`);
}

function directionOf(text: string): 'asc' | 'desc' {
  if (text === 'asc' || text === 'desc') return text;
  throw new FaultError(400, `sort_dir is asc or desc, not ${text}.`);
}
