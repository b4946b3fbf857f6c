/**
 * The engine: asks a verb's rules, and makes its plan where none of them says no.
 */
import { ACTIONS } from '../action';
import { policyRefusal } from '../policy';
import type { Refusal } from '../refusal';
import { type Decision, decide } from '../refusal';
import { type Actor, NO_PROJECT } from '../roles';
import type { Input } from './fields';
import { type AnyVerb, type Ask, type Plan, refusalOf } from './verb';
import type { World } from './world';

/** @returns the project an object is in; null for what has none, such as a volume type */
export function projectOf(world: World, verb: AnyVerb, id: string): string | null {
  switch (verb.noun) {
    case 'server':
      return world.server.get(id)?.projectId ?? null;
    case 'volume':
      return world.volume.get(id)?.projectId ?? null;
    case 'snapshot':
      return world.snapshot.get(id)?.projectId ?? null;
    case 'attachment': {
      const volumeId = world.attachment.get(id)?.volumeId;
      return volumeId === undefined ? null : (world.volume.get(volumeId)?.projectId ?? null);
    }
    case 'project':
      return id;
    case 'image':
      // One that belongs to nobody is in no project of anybody's.
      return world.image.get(id)?.owner ?? NO_PROJECT;
    case 'volumeType':
    case 'qosSpecs':
    case 'computeService':
    case 'storageService':
      return null;
  }
}

/**
 * @param ask its input may lack fields: rules that need them are then skipped
 * @returns every refusal, in the API's order
 */
export function refusalsOfVerb(verb: AnyVerb, ask: Ask<Input>): Refusal[] {
  const { policy } = ACTIONS[verb.name];
  const forbidden = policyRefusal(policy, ask.actor, projectOf(ask.world, verb, ask.id));
  const objections = verb.rules.flatMap((rule) => {
    if (rule.needs?.some((name) => ask.input[name] === undefined && verb.fields[name]?.optional !== true))
      return [];
    const objection = rule.test(ask);
    return objection === null ? [] : [refusalOf(verb, rule, objection)];
  });
  return forbidden === null ? objections : [forbidden, ...objections];
}

/** @param ask with an input that the verb's fields allow */
export function decideVerb(verb: AnyVerb, ask: Ask<Input>): Decision<Plan> {
  return decide(refusalsOfVerb(verb, ask), () => verb.plan(ask));
}

/** @returns whether somebody may do this at all, whatever the state */
export function mayDo(actor: Actor, verb: AnyVerb, projectId: string | null): boolean {
  return policyRefusal(ACTIONS[verb.name].policy, actor, projectId) === null;
}
