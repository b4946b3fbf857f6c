/**
 * How long servers ran in a stretch of time, with what they had: for the usage reports of the compute API.
 */
import type { EmbeddedFlavor } from '~/db/schema/compute';
import type { VmState } from '~/server/domain/server';
import { uuids } from '../around';
import type { Context } from '../context';
import { RefusedError } from '../refused';

export interface UsageRecord {
  id: string;
  name: string;
  project_id: string;
  flavor: EmbeddedFlavor;
  vm_state: VmState;
  launched_at: Date;
  /** null while it is there. */
  ended_at: Date | null;
}

export interface UsageWindow {
  /** null for every project. */
  projectId: string | null;
  start: Date;
  end: Date;
  /** Id of the last server of the page before. */
  marker?: string | undefined;
  /** null for all there are. */
  limit: number | null;
}

/**
 * Whoever calls has asked who may.
 * @returns servers that ran in the window, gone ones too, by project and id
 * @throws RefusedError invalid for a marker that is no server
 */
export async function listUsage(context: Context, window: UsageWindow): Promise<UsageRecord[]> {
  const { sql } = context.runtime.database;
  const { projectId, start, end, marker, limit } = window;
  if (marker !== undefined) await assertMarker(context, marker);
  // Nova db/main/api.py, instance_get_active_by_window_joined.
  return sql<UsageRecord[]>`
    select t.id, t.name, t.project_id, t.flavor, t.vm_state, t.launched_at,
      coalesce(t.terminated_at, t.deleted_at) as ended_at
    from servers t
    where t.launched_at < ${end} and coalesce(t.terminated_at, t.deleted_at, 'infinity') > ${start}
      and ${projectId === null ? sql`true` : sql`t.project_id = ${projectId}`}
      and ${
        marker === undefined
          ? sql`true`
          : sql`(t.project_id, t.id) > (select m.project_id, m.id from servers m where m.id = ${marker})`
      }
    order by t.project_id, t.id ${limit === null ? sql`` : sql`limit ${limit}`}`;
}

async function assertMarker(context: Context, marker: string): Promise<void> {
  const { sql } = context.runtime.database;
  const [row] = await sql`select 1 from servers where id = any(${uuids([marker])}::uuid[])`;
  if (row !== undefined) return;
  const message = `The marker ${marker} names no server.`;
  throw new RefusedError([{ rule: 'list.unknown-marker', code: 'invalid', message }]);
}
