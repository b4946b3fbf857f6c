/**
 * What kind of object an action is done to, by its name. The verbs know it themselves; a browser that had to ask them
 * would have to carry them all.
 */
import { ACTIONS, type ActionName } from '~/server/domain/action';
import type { Noun } from '~/server/domain/engine/verb';

const BY_PREFIX: Readonly<Record<string, Noun>> = {
  server: 'server',
  volume: 'volume',
  attachment: 'attachment',
  snapshot: 'snapshot',
  'volume-type': 'volumeType',
  'qos-specs': 'qosSpecs',
  quota: 'project',
  image: 'image',
  'compute-service': 'computeService',
  'storage-service': 'storageService',
};

/** A creation is done to what it is made of, or to the project it happens in; a disk, to the server that has it. */
const OTHERS: Readonly<Partial<Record<ActionName, Noun>>> = {
  'volume.attach': 'server',
  'volume.detach': 'server',
  'server.create': 'project',
  'volume.create': 'project',
  'volume.accept-transfer': 'project',
  'volume-type.create': 'project',
  'qos-specs.create': 'project',
  'snapshot.create': 'volume',
  'attachment.create': 'volume',
};

/** Nouns as people read them. */
export const NOUN_WORDS: Readonly<Record<Noun, string>> = {
  server: 'server',
  volume: 'volume',
  attachment: 'attachment',
  snapshot: 'snapshot',
  volumeType: 'volume type',
  qosSpecs: 'QoS specs',
  image: 'image',
  computeService: 'compute service',
  storageService: 'storage service',
  project: 'project',
};

/** @returns the kind of object that the action is done to */
export function nounOf(action: ActionName): Noun {
  const noun = OTHERS[action] ?? BY_PREFIX[action.slice(0, action.indexOf('.'))];
  if (noun === undefined) throw new Error(`Nobody knows what ${action} is done to`);
  return noun;
}

/** @returns the kind of object that the action is about: what it makes, rather than where */
export function aboutOf(action: ActionName): Noun {
  return BY_PREFIX[action.slice(0, action.indexOf('.'))] ?? nounOf(action);
}

/** @returns the actions on this kind of object, in the catalogue's order */
export function actionsOn(noun: Noun): ActionName[] {
  return (Object.keys(ACTIONS) as ActionName[]).filter((name) => nounOf(name) === noun);
}
