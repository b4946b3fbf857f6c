/**
 * Faults for the simulated driver: planned by administrators, taken by the worker.
 */
import { randomUUID } from 'node:crypto';
import { desc, eq, gt } from 'drizzle-orm';
import { simulatedFaults } from '~/db/schema/simulator';
import type { DriverCall } from '~/server/domain/driver-call';
import type { Context } from './context';
import { authorize } from './refused';
import type { Runtime } from './runtime';

export interface FaultPlan {
  /** Driver call that fails. */
  call: DriverCall;
  /** null: for whichever volume comes next. */
  volumeId: string | null;
  /** null: for whichever server comes next. */
  serverId: string | null;
  /** What the backend is made to say. */
  message: string;
  /** Whether it may pass by itself: the operation then tries again before it rolls back. */
  retryable: boolean;
  /** How often it happens. */
  times: number;
}

/** @throws RefusedError forbidden for all but administrators */
export async function planFault(context: Context, plan: FaultPlan): Promise<{ id: string }> {
  authorize(context, 'mooring:simulator');
  const id = randomUUID();
  const { times, ...fault } = plan;
  await context.runtime.database.orm
    .insert(simulatedFaults)
    .values({ ...fault, id, remaining: times, createdBy: context.actor.userName });
  return { id };
}

/**
 * @returns faults that are still to happen, newest first
 * @throws RefusedError forbidden for all but administrators
 */
export async function listFaults(context: Context) {
  authorize(context, 'mooring:simulator');
  const rows = await context.runtime.database.orm
    .select()
    .from(simulatedFaults)
    .where(gt(simulatedFaults.remaining, 0))
    .orderBy(desc(simulatedFaults.createdAt));
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/**
 * @param id null clears all
 * @throws RefusedError forbidden for all but administrators
 */
export async function clearFaults(context: Context, id: string | null): Promise<void> {
  authorize(context, 'mooring:simulator');
  await context.runtime.database.orm
    .delete(simulatedFaults)
    .where(id === null ? undefined : eq(simulatedFaults.id, id));
}

/**
 * Takes one occurrence of the oldest fault that fits; two workers never take the same one.
 * @returns null when nothing is planned for this call
 */
export async function takeFault(
  runtime: Runtime,
  call: DriverCall,
  about: { serverId: string | null; volumeId: string | null },
): Promise<{ message: string; retryable: boolean } | null> {
  const [fault] = await runtime.database.sql<{ message: string; retryable: boolean }[]>`
    update simulated_faults set remaining = remaining - 1
    where id = (
      select id from simulated_faults
      where call = ${call} and remaining > 0 and (volume_id is null or volume_id = ${about.volumeId})
        and (server_id is null or server_id = ${about.serverId})
      order by created_at limit 1 for update
    )
    returning message, retryable`;
  return fault ?? null;
}
