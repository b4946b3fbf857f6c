/**
 * A cloud for one test file: a database of its own, somebody to act in it, and patience.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { openDatabase } from '~/db/client';
import type { ProjectRecord } from '~/db/factories';
import { createTestDatabase } from '~/db/testing';
import { USUAL_SETTINGS } from '~/server/domain/engine/verb';
import type { Role } from '~/server/domain/roles';
import type { Context } from '~/server/services/context';
import type { Runtime } from '~/server/services/runtime';

export interface TestCloud {
  runtime: Runtime;
  /** A second process on the same database: pools of its own, closed with the cloud. */
  anotherRuntime(): Runtime;
  /** Removes the database. */
  close(): Promise<void>;
}

/** @returns a runtime on an empty database, with any number of disks a server, across zones */
export async function openTestCloud(): Promise<TestCloud> {
  const { url, drop } = await createTestDatabase();
  const secretKey = new Uint8Array(randomBytes(32));
  const runtimes: Runtime[] = [];
  const openRuntime = (): Runtime => {
    const runtime = {
      database: openDatabase(url),
      log: pino({ level: 'silent' }),
      secretKey,
      choices: USUAL_SETTINGS,
      policy: {},
      publicUrl: null,
    };
    runtimes.push(runtime);
    return runtime;
  };
  return {
    runtime: openRuntime(),
    anotherRuntime: openRuntime,
    close: async () => {
      await Promise.all(runtimes.map(({ database }) => database.close()));
      await drop();
    },
  };
}

/** @returns a call of somebody with this role in this project */
export function as(role: Role, { id, name }: ProjectRecord, runtime: Runtime): Context {
  const actor = {
    userId: `user-${role}`,
    userName: role,
    projectId: id,
    projectName: name,
    roles: [role],
    service: false,
    policy: runtime.policy,
  };
  return { runtime, actor, requestId: `req-${randomUUID()}` };
}

/**
 * Waits until something is there, looking every few milliseconds.
 * @param look gives undefined as long as it is not
 * @param what named when it does not come in time
 * @param withinMs how long to wait at most
 */
export async function eventually<Found>(
  look: () => Promise<Found | undefined>,
  what: string,
  withinMs = 60_000,
): Promise<Found> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await wait(5);
  }
}
