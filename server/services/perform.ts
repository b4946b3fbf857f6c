/**
 * Performs a verb: load under locks, decide, write rows, operation, announcement and job, all in one transaction.
 */
import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import type { ActionName } from '~/server/domain/action';
import type { Json } from '~/server/domain/connection';
import type { Change } from '~/server/domain/engine/change';
import { decideVerb, projectOf } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import type { AnyVerb, Ask } from '~/server/domain/engine/verb';
import type { World } from '~/server/domain/engine/world';
import type { Refusal } from '~/server/domain/refusal';
import { NO_PROJECT } from '~/server/domain/roles';
import { VERBS } from '~/server/domain/verbs';
import type { Announced } from './announce';
import { announcedBy } from './announce-changes';
import { wantedOf } from './around';
import { assertThere } from './assert-there';
import { asRefusal, untilThrough } from './contention';
import type { Context } from './context';
import { type Locking, loadWorld } from './load-world';
import { notFound, RefusedError } from './refused';
import { parseInput, sealInput } from './verb-input';
import { writeChanges } from './write-changes';
import { beginOperation } from './write-operation';

export interface Call {
  action: ActionName;
  /** Of the object; of the project, for a creation. */
  id: string;
  input: Readonly<Record<string, unknown>>;
}

export interface Performed {
  operationId: string;
  /** Whether something goes on after this. */
  running: boolean;
  /** Facts for the caller, such as the id of what was made. */
  answer: Readonly<Record<string, Json>>;
  /** What was written. */
  effects: readonly Change[];
}

/** Carries the result of a dry run past the end of its transaction. */
class DryRun extends Error {
  constructor(readonly performed: Performed) {
    super('rolled back on purpose');
  }
}

/**
 * @param options.dryRun does all of it, then rolls back: constraints have spoken too
 * @returns as soon as it is accepted; for what needs no host or storage, when it is done
 * @throws RefusedError with every refusal; nothing is changed then
 */
export async function perform(
  context: Context,
  call: Call,
  options: { dryRun?: boolean } = {},
): Promise<Performed> {
  const verb = VERBS[call.action];
  const input = await sealInput(context.runtime.secretKey, verb, parseInput(verb, call.input));
  try {
    return await untilThrough(() =>
      context.runtime.database.sql.begin(async (sql) => {
        const performed = await performIn(sql, context, verb, call.id, input);
        if (options.dryRun === true) throw new DryRun(performed);
        return performed;
      }),
    );
  } catch (error) {
    if (error instanceof DryRun) return error.performed;
    throw asRefusal(error, verb.name);
  }
}

async function performIn(
  sql: TransactionSql,
  context: Context,
  verb: AnyVerb,
  id: string,
  input: Input,
): Promise<Performed> {
  const ask = await loadAsk(sql, context, verb, id, input, 'update');
  const decision = decideVerb(verb, ask);
  if (!decision.allowed) throw new RefusedError(decision.refusals);
  const plan = decision.effects;
  const operationId = randomUUID();
  const { after, written } = writeChanges(sql, ask.world, plan.changes);
  const projectId = projectOf(ask.world, verb, id) ?? context.actor.projectId;
  await Promise.all([
    written,
    beginOperation(sql, context, {
      id: operationId,
      action: verb.name,
      projectId,
      input: withoutSecrets(input),
      plan,
      before: ask.world,
      after,
      announced: [
        ...announcedBy(plan.changes, ask.world, after, projectId),
        { kind: 'operation', id: operationId, projectId },
        ...relievedBy(plan.relieves ?? [], ask.world),
      ],
    }),
  ]);
  return { operationId, running: plan.job !== null, answer: plan.answer ?? {}, effects: plan.changes };
}

/** Operations that end with it: whoever watches one is told. */
function relievedBy(relieves: readonly string[], { operation }: World): Announced[] {
  return [...operation.values()]
    .filter(({ owns }) => owns !== null && relieves.includes(owns))
    .map(({ id, projectId }) => ({ kind: 'operation', id, projectId }));
}

/**
 * @returns what a verb is asked with
 * @throws RefusedError not_found when the object is not there, or is another project's
 */
export async function loadAsk(
  sql: TransactionSql,
  context: Context,
  verb: AnyVerb,
  id: string,
  input: Input,
  locking: Locking,
): Promise<Ask> {
  const { actor } = context;
  const settings = context.runtime.choices;
  const roots = verb.roots?.({ actor, id, input, settings }) ?? {};
  const world = await loadWorld(sql, actor, wantedOf(verb.noun, id, roots), locking);
  assertThere(world, verb.noun, id, actor);
  if (roots.quotas?.includes(id) && !world.quota.has(id)) throw withoutProject(id);
  return { actor, world, id, input, settings, fresh: randomUUID };
}

/** What somebody is told who makes something that would belong to no project, or to one that is gone. */
function withoutProject(id: string): RefusedError {
  if (id !== NO_PROJECT) return notFound('project', id);
  return new RefusedError([
    {
      rule: 'scope.no-project',
      code: 'forbidden',
      message: 'This token is for no project, so that nothing can belong to one.',
      remedy: { kind: 'advice', text: 'Ask for a token of the project that shall have it.' },
    },
  ]);
}

/** What is sealed has no place in the audit trail, nor has what may hold a secret: the user data of a server. */
function withoutSecrets({ connector: _, labels: _labels, authKey: _authKey, ...input }: Input): Input {
  return input;
}

/** One of many. */
export type Result =
  | ({ id: string; ok: true } & Performed)
  | { id: string; ok: false; refusals: readonly Refusal[] };

/**
 * The same verb on many objects, each in a transaction of its own: a bad one spoils nothing.
 * @returns one result an id, in the given order
 * @throws what is no refusal
 */
export async function performMany(
  context: Context,
  { action, ids, input }: { action: ActionName; ids: readonly string[]; input: Call['input'] },
): Promise<Result[]> {
  const results: Result[] = [];
  for (const id of ids) {
    try {
      results.push({ id, ok: true, ...(await perform(context, { action, id, input })) });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      results.push({ id, ok: false, refusals: error.refusals });
    }
  }
  return results;
}
