/**
 * Explains every action on an object: the rules' own answers, from one load, without locks and without a commit.
 */
import { randomUUID } from 'node:crypto';
import { ACTIONS, type ActionName } from '~/server/domain/action';
import type { Json } from '~/server/domain/connection';
import { refusalsOfVerb } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import type { AnyVerb, Ask, Noun, Roots } from '~/server/domain/engine/verb';
import type { World } from '~/server/domain/engine/world';
import { grantsFor, grantsText, type PolicyName } from '~/server/domain/policy';
import type { Refusal } from '~/server/domain/refusal';
import type { Actor } from '~/server/domain/roles';
import { VERB_NAMES } from '~/server/domain/verb-catalogue';
import { VERBS } from '~/server/domain/verbs';
import { type Wanted, wantedOf } from './around';
import { assertThere } from './assert-there';
import type { Context } from './context';
import { loadWorld } from './load-world';

export interface ActionExplanation {
  action: ActionName;
  label: string;
  danger: boolean;
  /** All of them, in the API's order; empty when it is allowed. */
  refusals: readonly Refusal[];
  /** What will happen, in order; empty when it is refused. */
  steps: string[];
  warnings: string[];
  /** What is left when it fails. */
  onFailure: string | null;
  policy: PolicyName;
  /** Who may, in words. */
  who: string;
  /** The same for a terminal: of the `openstack` client where it knows it. */
  command: string;
  /** The same as a request of the API. */
  request: { method: string; path: string; body: Readonly<Record<string, Json>> | null };
}

/** Whatever can be asked of one kind of object, in the order of menus. */
export function verbsOf(noun: Noun): AnyVerb[] {
  return VERB_NAMES.map((name) => VERBS[name]).filter((verb) => verb.noun === noun);
}

/** @returns one explanation of one verb; `ask` may lack what a form does not have yet */
export function explainVerb(verb: AnyVerb, ask: Ask): ActionExplanation {
  const refusals = refusalsOfVerb(verb, ask);
  const { command, request } = verb.spoken(ask);
  return {
    ...described(verb.name, ask.actor),
    refusals,
    steps: refusals.length === 0 ? verb.steps(ask) : [],
    warnings: verb.warnings?.(ask) ?? [],
    onFailure: verb.onFailure ?? null,
    command,
    request,
  };
}

function described(action: ActionName, actor: Actor) {
  const { label, danger, policy } = ACTIONS[action];
  return { action, label, danger, policy, who: grantsText(grantsFor(policy, actor)) };
}

/**
 * @returns every action on the object, in the order of menus
 * @throws RefusedError not_found when it is not there, or is another project's
 */
export async function explainActions(context: Context, noun: Noun, id: string): Promise<ActionExplanation[]> {
  const world = await loadFor(context, noun, [id]);
  assertThere(world, noun, id, context.actor);
  return explainIn(world, context, noun, id);
}

/**
 * The same for many objects in one load; those that are not there are left out.
 * @returns refusals by object and action
 */
export async function explainMany(
  context: Context,
  noun: Exclude<Noun, 'project'>,
  ids: readonly string[],
): Promise<Record<string, Pick<ActionExplanation, 'action' | 'refusals'>[]>> {
  const world = await loadFor(context, noun, ids);
  const known = ids.filter((id) => world[noun].has(id));
  return Object.fromEntries(
    known.map((id) => [
      id,
      explainIn(world, context, noun, id).map(({ action, refusals }) => ({ action, refusals })),
    ]),
  );
}

function explainIn(world: World, context: Context, noun: Noun, id: string): ActionExplanation[] {
  const ask: Ask = {
    actor: context.actor,
    world,
    id,
    input: {},
    settings: context.runtime.choices,
    fresh: randomUUID,
  };
  return verbsOf(noun).map((verb) => explainVerb(verb, withInitial(verb, ask)));
}

/** Before anybody has said anything, a form holds what it starts with. */
export function withInitial(verb: AnyVerb, ask: Ask): Ask {
  return { ...ask, input: { ...verb.initial?.(ask), ...ask.input } };
}

async function loadFor({ runtime, actor }: Context, noun: Noun, ids: readonly string[]): Promise<World> {
  const settings = runtime.choices;
  const input: Input = {};
  const wanted = ids
    .flatMap((id) => [
      wantedOf(noun, id),
      ...verbsOf(noun).map((verb) => verb.roots?.({ actor, id, input, settings }) ?? {}),
    ])
    .reduce<Wanted>(joined, {});
  return runtime.database.sql.begin('read only', (sql) => loadWorld(sql, actor, wanted, 'none'));
}

function joined(one: Roots, other: Roots): Roots {
  const lists = [
    'servers',
    'volumes',
    'attachments',
    'snapshots',
    'volumeTypes',
    'volumesOfTypes',
    'images',
    'computeServices',
    'storageServices',
    'flavors',
    'quotas',
  ] as const;
  // A list that is asked for and empty still asks for what comes with it.
  const entries = lists.flatMap((name) => {
    if (one[name] === undefined && other[name] === undefined) return [];
    return [[name, [...new Set([...(one[name] ?? []), ...(other[name] ?? [])])]] as const];
  });
  return {
    ...Object.fromEntries(entries),
    ...(one.pools === true || other.pools === true ? { pools: true } : {}),
    ...(one.everyQosSpecs === true || other.everyQosSpecs === true ? { everyQosSpecs: true } : {}),
    ...(one.qosOfTypes === true || other.qosOfTypes === true ? { qosOfTypes: true } : {}),
    ...(one.defaultQuota === true || other.defaultQuota === true ? { defaultQuota: true } : {}),
    ...(one.everyVolumeType === true || other.everyVolumeType === true ? { everyVolumeType: true } : {}),
  };
}
