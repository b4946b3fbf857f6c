/**
 * Puts a row into a state that no call reaches, without any check, in the database that CONFORMANCE_DATABASE_URL names:
 *
 *     volume ID status=error attach_status=detached migration_status=null
 *     server ID vm_state=building task_state=spawning
 *     snapshot ID status=error
 *
 * `null` stands for no value. What is derived from these columns follows them.
 */
import postgres from 'postgres';
import { z } from 'zod';
import { socketOptions } from '~/db/socket-url';
import { serverStatus, TASK_STATES, VM_STATES } from '~/server/domain/server';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';
import { VOLUME_ATTACH_STATUSES, VOLUME_STATUSES } from '~/server/domain/volume';

const volume = z.strictObject({
  status: z.enum(VOLUME_STATUSES).optional(),
  attach_status: z.enum(VOLUME_ATTACH_STATUSES).optional(),
  migration_status: z.string().nullable().optional(),
});
const server = z.strictObject({
  vm_state: z.enum(VM_STATES).optional(),
  task_state: z.enum(TASK_STATES).nullable().optional(),
});
const snapshot = z.strictObject({
  status: z.enum(SNAPSHOT_STATUSES).optional(),
  deleted: z.enum(['0', '1']).optional(),
});

/** @param words such as `status=error` */
function columnsOf(words: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    words.map((word) => {
      const [name = '', ...value] = word.split('=');
      return [name, value.join('=') === 'null' ? null : value.join('=')];
    }),
  );
}

/** @returns how many rows have changed */
async function force(
  sql: postgres.Sql,
  kind: string | undefined,
  id: string,
  columns: Record<string, string | null>,
) {
  const now = new Date();
  if (kind === 'volume') {
    const values = volume.parse(columns);
    return (await sql`update volumes set ${sql({ ...values, status_since: now })} where id = ${id}`).count;
  }
  if (kind === 'snapshot') {
    const { deleted, ...values } = snapshot.parse(columns);
    const all = { ...values, ...(deleted && { deleted_at: deleted === '1' ? now : null }) };
    return (await sql`update snapshots set ${sql(all)} where id = ${id}`).count;
  }
  if (kind === 'server') {
    const values = server.parse(columns);
    const [old] = await sql`select vm_state, task_state from servers where id = ${id}`;
    const { vm_state, task_state } = z
      .object({ vm_state: z.enum(VM_STATES), task_state: z.enum(TASK_STATES).nullable() })
      .parse({ ...old, ...values });
    const status = serverStatus(vm_state, task_state);
    return (
      await sql`update servers set ${sql({ vm_state, task_state, status, status_since: now })} where id = ${id}`
    ).count;
  }
  throw new Error(`There is no way to force a ${kind}: volume, server or snapshot.`);
}

const [kind, id = '', ...words] = process.argv.slice(2);
const url = process.env.CONFORMANCE_DATABASE_URL ?? '';
const sql = postgres(url, { ...socketOptions(url), max: 1, fetch_types: false });
try {
  const changed = await force(sql, kind, id, columnsOf(words));
  if (changed !== 1) throw new Error(`There is no ${kind} ${id}.`);
} finally {
  await sql.end();
}
