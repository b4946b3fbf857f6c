/**
 * A verb: one action on one kind of object, with everything there is to know about it. Its rules say whether, its plan
 * says what is written at once, its phases say what hosts and storage are asked and what is written then. All of it is
 * pure; services carry it out on the database, models in memory.
 */
import type { ActionName } from '../action';
import type { Json } from '../connection';
import type { DriverAnswer, DriverTask } from '../driver-task';
import type { FailureCause, OperationPhase } from '../operation';
import type { Refusal, RefusalCode, Remedy } from '../refusal';
import type { Actor } from '../roles';
import type { Change } from './change';
import type { Fields, Input, InputOf } from './fields';
import type { OperationRecord, Subject, World } from './world';

/** Kinds of objects that actions are done to. A creation is done to the project it happens in. */
export type Noun =
  | 'server'
  | 'volume'
  | 'attachment'
  | 'snapshot'
  | 'volumeType'
  | 'qosSpecs'
  | 'image'
  | 'computeService'
  | 'storageService'
  | 'project';

/** Operators' choices that rules depend on. */
export interface Settings {
  /** Volumes a server may hold; null is no limit. */
  maxDisksPerServer: number | null;
  /** Whether a volume may be attached across availability zones (Nova: cross_az_attach). */
  crossZoneAttach: boolean;
  /** Swap only while the storage side migrates (upstream's newest rule). */
  swapOnlyWhileMigrating: boolean;
  /** Id or name of the type that a volume gets when none is asked for. */
  defaultVolumeTypeId: string;
  defaultAvailabilityZone: string;
  /** Volumes in use may become images, when the caller insists (cinder enable_force_upload, off unless said so). */
  forceUpload: boolean;
  /** Shelved servers stay on their host until somebody offloads them (Nova: shelved_offload_time below 0); else at once. */
  keepsShelvedOnHost: boolean;
}

/** Upstream's defaults: any number of disks, across zones. `__DEFAULT__` is its name for the type that is always there. */
export const USUAL_SETTINGS: Settings = {
  maxDisksPerServer: null,
  crossZoneAttach: true,
  swapOnlyWhileMigrating: false,
  defaultVolumeTypeId: '__DEFAULT__',
  defaultAvailabilityZone: 'nova',
  forceUpload: false,
  keepsShelvedOnHost: false,
};

/** One call of a verb. */
export interface Ask<I = Input> {
  actor: Actor;
  world: World;
  /** The object; for a creation the project. */
  id: string;
  input: I;
  settings: Settings;
  /** @returns an id that nothing has yet */
  fresh(): string;
}

/** What a rule says when it says no; its id, and the code it does not give, are the rule's own. */
export interface Objection {
  /** One plain sentence: the actual state and the required one. */
  message: string;
  remedy?: Remedy;
  code?: RefusalCode;
  /** The whole id, where one check says several things. */
  rule?: string;
}

export interface Rule<I = Input> {
  /** Within the verb: `not-available`; with it: `volume.extend.not-available`. Never reused for another meaning. */
  id: string;
  code: RefusalCode;
  /** Where the behaviour comes from, for whoever doubts it. */
  source: string;
  /** Fields it looks at; it is skipped while somebody who fills a form has not given them. */
  needs?: readonly (keyof I & string)[];
  test(ask: Ask<I>): Objection | null;
}

/** States of the object along the way; diagrams are drawn from this. */
export interface Life {
  /** Whose states they are, where not the object's own. */
  of?: Noun;
  /** Statuses it may start from; `*` is any. */
  from: readonly string[];
  /** While it runs; null when it is done at once. */
  during: string | null;
  /** `=` is: as before. */
  done: string;
  failed: string;
}

/** What is written at once when a verb is accepted. */
export interface Plan {
  changes: readonly Change[];
  subject: Subject;
  /** What goes on afterwards; null when all is done. `owns` is the object whose in-progress state it will end. */
  job: {
    phase: OperationPhase;
    owns: string;
    carry?: Readonly<Record<string, Json>>;
    /** Quota that is held until it ends, by resource; what exists by then counts by itself. */
    reserves?: Readonly<Record<string, number>>;
  } | null;
  /** Objects whose owner, if any, is relieved: what it was doing does not count any more. */
  relieves?: readonly string[];
  /** Facts for the caller, such as the id of what was made. */
  answer?: Readonly<Record<string, Json>>;
  /** A line of the timeline. */
  message: string;
}

/** An operation in the worker's hands, with the part of the world it is about, locked. */
export interface Work {
  world: World;
  operation: OperationRecord;
  settings: Settings;
  fresh(): string;
}

/** What is written when a phase has ended. */
export type Step = {
  changes: readonly Change[];
  /** A line of the timeline. */
  message: string;
  /** Whether the phase itself did its part; a way back that worked ends an operation that failed. */
  result?: 'succeeded' | 'failed';
  carry?: Readonly<Record<string, Json>>;
} & (
  | { outcome: 'running'; next: OperationPhase }
  /** A way back begins. @property cause a fault, unless told */
  | { outcome: 'running'; next: OperationPhase; reason: string; cause?: FailureCause }
  | { outcome: 'succeeded' }
  /** @property cause that of the way back, or a fault, unless told */
  | { outcome: 'failed'; reason: string; cause?: FailureCause }
);

export interface Phase {
  /** What is asked of hosts and storage, one after another; each may be asked twice. */
  tasks(work: Work): readonly DriverTask[];
  /** All were answered. Looks at the world as it is by then. */
  done(work: Work, answers: readonly DriverAnswer[]): Step;
  /** One failed for good, or as often as it may. */
  failed(work: Work, reason: string): Step;
}

/** The rows a verb needs, with all that hangs on them (load-world.ts tells what). */
export interface Roots {
  servers?: readonly string[];
  volumes?: readonly string[];
  attachments?: readonly string[];
  snapshots?: readonly string[];
  /** Transfers by id: their volumes, whosesoever they are. */
  transfers?: readonly string[];
  /** By id or name. */
  volumeTypes?: readonly string[];
  /** All there are. */
  everyVolumeType?: true;
  /** All there are, for administrators; to others they are nothing but what their types have. */
  everyQosSpecs?: true;
  /** Quality of service of the types that are loaded, for rules that compare it. */
  qosOfTypes?: true;
  /** Types by id: whether one is in use is told by one volume of it. */
  volumesOfTypes?: readonly string[];
  images?: readonly string[];
  /** Whether the images are locked: not for what is only made from them. */
  writesImages?: true;
  /** By the name of the host. */
  computeServices?: readonly string[];
  /** As `binary@host`. */
  storageServices?: readonly string[];
  flavors?: readonly string[];
  /** Every pool. */
  pools?: true;
  /** Projects whose quota is looked at, and held until the end; the projects of the objects join them. */
  quotas?: readonly string[];
  /** Limits of projects that have none of their own; they come with any quota. */
  defaultQuota?: true;
}

export interface Verb<F extends Fields = Fields, I = Input> {
  name: ActionName;
  noun: Noun;
  fields: F;
  /** What to type before it is done, where nothing brings it back. */
  confirm?: (ask: Ask<Partial<I>>) => string;
  life: Life | null;
  /**
   * Rows besides those the object brings along. The object itself is loaded by its noun.
   * @param input may lack what a form does not have yet
   */
  roots?: (ask: Pick<Ask<Partial<I>>, 'actor' | 'id' | 'input' | 'settings'>) => Roots;
  /** In the API's order, after the permission (which comes first) has been given. */
  rules: readonly Rule<I>[];
  plan(ask: Ask<I>): Plan;
  phases?: Readonly<Partial<Record<OperationPhase, Phase>>>;
  /** What a form starts with. */
  initial?: (ask: Ask<Partial<I>>) => Partial<I>;
  /** What will happen, in order, one sentence each; asked only when it is allowed. */
  steps(ask: Ask<Partial<I>>): string[];
  /** What somebody may regret. */
  warnings?: (ask: Ask<Partial<I>>) => string[];
  /** What is left when it fails, one sentence. */
  onFailure?: string;
  /** The same as a command, of the `openstack` client where that knows it, and as a request of the API. */
  spoken(ask: Ask<Partial<I>>): {
    command: string;
    request: {
      /** GET where upstream changes something with it. */
      method: 'POST' | 'PUT' | 'DELETE' | 'GET';
      path: string;
      body: { readonly [key: string]: Json } | null;
    };
  };
}

/** A verb whose input is checked before it is asked: its own type of input is known to itself alone. */
export type AnyVerb = Verb;

/** Types a verb by its fields, then forgets them, so that all verbs fit in one table. */
export function defineVerb<const F extends Fields>(verb: Verb<F, InputOf<F>>): AnyVerb {
  // Sound because every caller parses the input by `fields` first (perform.ts).
  return verb as unknown as AnyVerb;
}

/** @returns the refusal, with its stable id */
export function refusalOf(verb: AnyVerb, rule: Rule, objection: Objection): Refusal {
  return {
    rule: objection.rule ?? `${verb.name}.${rule.id}`,
    code: objection.code ?? rule.code,
    message: objection.message,
    ...(objection.remedy === undefined ? {} : { remedy: objection.remedy }),
  };
}
