/**
 * A verb of the engine in the worker's hands: what it has to go on with, and each step's transaction.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TransactionSql } from 'postgres';
import { advanced } from '~/server/domain/engine/run';
import type { AnyVerb, Noun, Step, Work } from '~/server/domain/engine/verb';
import type { OperationRecord, Subject, World } from '~/server/domain/engine/world';
import type { OperationPhase } from '~/server/domain/operation';
import type { Actor } from '~/server/domain/roles';
import { VERBS } from '~/server/domain/verbs';
import { announce } from './announce';
import { announcedBy } from './announce-changes';
import type { Wanted } from './around';
import { untilThrough } from './contention';
import { type Locking, loadWorld } from './load-world';
import { type OperationWorldRow, operationRecord } from './rest-rows';
import type { Runtime } from './runtime';
import { writeChanges } from './write-changes';
import { addStep, stepOperation } from './write-operation';

export interface VerbWork extends Work {
  operationId: string;
  requestId: string;
  phase: OperationPhase;
  verb: AnyVerb;
}

/** @returns null when the operation has ended */
export async function loadVerbWork(runtime: Runtime, operationId: string): Promise<VerbWork | null> {
  return runtime.database.sql.begin('read only', async (sql) => {
    const found = await findOperation(sql, operationId);
    if (found === null) return null;
    return workOn(runtime, found, await loadWorld(sql, null, wantedBy(found.operation, runtime), 'none'));
  });
}

interface Row extends OperationWorldRow {
  request_id: string;
}

interface Found {
  operation: OperationRecord;
  requestId: string;
}

/**
 * Locks what the operation is about, as far as it was known to be.
 * @returns what it is by now; null when it has ended
 */
async function lock(sql: TransactionSql, runtime: Runtime, known: OperationRecord): Promise<VerbWork | null> {
  // Sent together and executed in this order: somebody may end it while we wait for the locks.
  const [world, found] = await Promise.all([
    loadWorld(sql, null, wantedBy(known, runtime), 'update'),
    findOperation(sql, known.id, 'update'),
  ]);
  if (found === null) return null;
  // It has moved on, and may be about more than was locked.
  if (!isDeepStrictEqual(found.operation.carry, known.carry)) return lock(sql, runtime, found.operation);
  return workOn(runtime, found, world);
}

function workOn(runtime: Runtime, { operation, requestId }: Found, world: World): VerbWork | null {
  if (operation.phase === null) return null;
  return {
    operationId: operation.id,
    requestId,
    phase: operation.phase,
    operation,
    verb: VERBS[operation.action],
    world: withOperation(world, operation),
    settings: runtime.choices,
    fresh: randomUUID,
  };
}

function withOperation(world: World, operation: OperationRecord): World {
  return { ...world, operation: new Map([...world.operation, [operation.id, operation]]) };
}

async function findOperation(
  sql: TransactionSql,
  id: string,
  locking: Locking = 'none',
): Promise<Found | null> {
  const [row] = await sql<Row[]>`
    select o.id, o.request_id, o.action, o.phase, o.outcome, o.project_id, o.owns, o.server_id, o.volume_id,
      o.attachment_id, o.snapshot_id, o.volume_type_id, o.input, o.carry, o.reason, o.cause,
      (select json_object_agg(r.resource, r.delta) from quota_reservations r where r.operation_id = o.id) as reserves
    from operations o where o.id = ${id} and o.outcome = 'running' ${locking === 'update' ? sql`for update of o` : sql``}`;
  return row === undefined ? null : { operation: operationRecord(row), requestId: row.request_id };
}

/** The rows an operation is about, those its verb asks for, and those its phases have noted in `carry`. */
function wantedBy(operation: OperationRecord, runtime: Runtime): Wanted {
  const { subject, carry } = operation;
  const { noun, roots } = VERBS[operation.action];
  const more = roots?.({
    actor: machinery(operation.projectId),
    id: targetOf(noun, subject, operation.projectId),
    input: operation.input,
    settings: runtime.choices,
  });
  const joined = (
    name: 'servers' | 'volumes' | 'attachments' | 'snapshots' | 'volumeTypes' | 'images',
    id?: string,
  ) => [...(id === undefined ? [] : [id]), ...(more?.[name] ?? []), ...strings(carry[name])];
  return {
    ...more,
    servers: joined('servers', subject.serverId),
    volumes: joined('volumes', subject.volumeId),
    attachments: joined('attachments', subject.attachmentId),
    snapshots: joined('snapshots', subject.snapshotId),
    volumeTypes: joined('volumeTypes', subject.volumeTypeId),
    images: joined('images'),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function targetOf(noun: Noun, subject: Subject, projectId: string): string {
  return noun === 'project' ? projectId : (subject[`${noun}Id`] ?? '');
}

function machinery(projectId: string): Actor {
  return { userId: '', userName: 'mooring', projectId, projectName: '', roles: ['admin'], service: true };
}

/**
 * Takes one step: locks what it touches, asks `decide` what to write, writes it.
 * @param newJob whether what remains needs a job of its own
 * @returns the work that is left, null when that was the last of it; what there is now when the step was skipped,
 *   because the operation had moved on
 */
export async function takeVerbStep(
  runtime: Runtime,
  work: VerbWork,
  decide: (locked: VerbWork) => Step,
  newJob = false,
): Promise<VerbWork | null> {
  return untilThrough(() => runtime.database.sql.begin((sql) => stepIn(sql, runtime, work, decide, newJob)));
}

/**
 * A phase comes again: once a disk, or on the way back. The late answers of a worker that was thought dead are about the
 * disk it had asked for, and not about the next one.
 */
function isWhereItWas(now: OperationRecord, then: OperationRecord): boolean {
  return now.phase === then.phase && now.reason === then.reason && isDeepStrictEqual(now.carry, then.carry);
}

async function stepIn(
  sql: TransactionSql,
  runtime: Runtime,
  work: VerbWork,
  decide: (locked: VerbWork) => Step,
  newJob: boolean,
): Promise<VerbWork | null> {
  const locked = await lock(sql, runtime, work.operation);
  if (locked === null || !isWhereItWas(locked.operation, work.operation)) return locked;
  const step = decide(locked);
  const { after, written } = writeChanges(sql, locked.world, step.changes);
  const { operation } = locked;
  const job = newJob && step.outcome === 'running' ? operation.action : null;
  await Promise.all([
    written,
    stepOperation(sql, operation, step, after, {
      newJob: job,
      announced: [
        ...announcedBy(step.changes, locked.world, after, operation.projectId),
        { kind: 'operation', id: operation.id, projectId: operation.projectId },
      ],
    }),
  ]);
  if (step.outcome !== 'running') return null;
  // As it was just written, so that nobody has to read it again.
  const next = advanced(operation, step);
  return { ...locked, phase: step.next, operation: next, world: withOperation(after, next) };
}

/** It failed, but will be tried again: only the timeline learns of it. */
export async function noteVerbFailure(runtime: Runtime, work: VerbWork, reason: string): Promise<void> {
  await runtime.database.sql.begin(async (sql) => {
    const current = await findOperation(sql, work.operationId, 'update');
    if (current?.operation.phase !== work.phase) return;
    await Promise.all([
      addStep(sql, work.operationId, work.phase, 'failed', `${reason} It is tried again.`),
      announce(sql, [{ kind: 'operation', id: work.operationId, projectId: work.operation.projectId }]),
    ]);
  });
}
