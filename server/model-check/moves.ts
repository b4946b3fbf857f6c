/**
 * Everything that may happen next: somebody calls a verb, or an operation goes on, fails, or loses its worker.
 */

import { decideVerb, mayDo } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import { accept, takeStep } from '~/server/domain/engine/run';
import type { AnyVerb, Ask, Noun, Settings, Work } from '~/server/domain/engine/verb';
import type { AttachmentRecord, OperationRecord, Subject, World } from '~/server/domain/engine/world';
import type { Actor } from '~/server/domain/roles';
import { VERBS } from '~/server/domain/verbs';
import { ACTORS, PROJECT } from './cloud';
import { called, ended } from './coverage';
import { freshIn } from './keys';
import { counted } from './quota-count';
import { after, answerTo, type Reality } from './reality';

export interface State {
  world: World;
  reality: Reality;
  /**
   * Volumes whose states somebody has set by hand: they need not say what their attachments are. Servers that an
   * administrator has reset although they were put aside.
   */
  byHand: ReadonlySet<string>;
  /** Operators' choices, the same all along. */
  settings: Settings;
}

export interface Move {
  /** For people. */
  label: string;
  /** What it counts as, when it is made. */
  counts: string;
  /**
   * @param refusals gets the rules that say no
   * @returns null when it is refused
   */
  make(refusals?: (rule: string) => void): State | null;
}

/** A verb with the inputs that are tried, made from the state at hand. */
export interface Trial {
  verb: AnyVerb;
  inputs(world: World, id: string): readonly Input[];
}

/** Verbs that ask whether a service calls. */
const GUARDED: readonly string[] = [
  'attachment.delete',
  'volume.mark-detached',
  'volume.force-detach',
  'volume.terminate-connection',
];

/** Verbs by which states are set without regard to what is; their owners answer for them. */
const BY_HAND: readonly string[] = [
  'volume.reset-status',
  'volume.reserve',
  'volume.unreserve',
  'volume.begin-detaching',
  'volume.roll-detaching',
  'volume.mark-attached',
  'volume.mark-detached',
  'volume.force-detach',
  'volume.complete-migration',
];

function targets(world: World, noun: Noun): readonly string[] {
  return noun === 'project' ? [PROJECT] : [...world[noun].keys()];
}

/** @returns every call of these verbs that may make a difference */
export function calls(state: State, trials: readonly Trial[], actors: readonly Actor[] = ACTORS): Move[] {
  return trials.flatMap(({ verb, inputs }) => {
    const callers = callersOf(state, verb, actors);
    return targets(state.world, verb.noun).flatMap((id) =>
      inputs(state.world, id).flatMap((input) => callers.map((actor) => call(state, verb, actor, id, input))),
    );
  });
}

/**
 * Who comes later may what who comes earlier may; only a locked server tells between people who both may, and the
 * detach protection between people and services.
 */
function callersOf({ world }: State, verb: AnyVerb, actors: readonly Actor[]): readonly Actor[] {
  const may = actors.filter((actor) => mayDo(actor, verb, PROJECT));
  if ([...world.server.values()].some((each) => each.lockedBy !== null)) return may;
  const guarded = GUARDED.includes(verb.name);
  return may.filter(({ service }, at) => at === 0 || (guarded && service));
}

function call(state: State, verb: AnyVerb, actor: Actor, id: string, input: Input): Move {
  return {
    counts: called(verb.name),
    label: `${actor.userName} ${verb.name} ${id} ${JSON.stringify(input)}`,
    make: (refusals) => {
      const fresh = freshIn(state);
      const { world: before, settings } = state;
      const ask: Ask = { actor, world: before, id, input, settings, fresh };
      const decision = decideVerb(verb, ask);
      if (!decision.allowed) {
        for (const { rule } of decision.refusals) refusals?.(rule);
        return null;
      }
      const world = counted(accept(verb, ask, decision.effects, fresh()));
      const set = BY_HAND.includes(verb.name) ? volumesOf(verb, id, input, decision.effects.subject) : [];
      if (verb.name === 'server.reset-state' && state.world.server.get(id)?.vmState === 'soft-delete')
        set.push(id);
      return {
        ...state,
        world,
        reality: actor.service ? givenBack(state.reality, before, verb, id, input) : state.reality,
        byHand: set.length === 0 ? state.byHand : new Set([...state.byHand, ...set]),
      };
    },
  };
}

/** A service takes a disk away from storage once the guest has given it back. */
function givenBack(reality: Reality, world: World, verb: AnyVerb, id: string, input: Input): Reality {
  if (!GUARDED.includes(verb.name)) return reality;
  const gone = ({ id: each, volumeId }: AttachmentRecord) =>
    each === id || (volumeId === id && [undefined, each].includes(input.attachmentId as string | undefined));
  const ids = [...world.attachment.values()].filter(gone).map((each) => each.id);
  return { ...reality, guests: new Map([...reality.guests].filter(([each]) => !ids.includes(each))) };
}

function volumesOf(verb: AnyVerb, id: string, { newVolumeId }: Input, { volumeId }: Subject): string[] {
  return [verb.noun === 'volume' ? id : undefined, newVolumeId, volumeId].filter(
    (each) => typeof each === 'string',
  );
}

/** @returns what each operation under way may come to next */
export function steps(state: State): Move[] {
  return [...state.world.operation.values()].flatMap((operation) =>
    stepsOf(state, operation, VERBS[operation.action]),
  );
}

function stepsOf(state: State, operation: OperationRecord, verb: AnyVerb): Move[] {
  const phase = operation.phase === null ? undefined : verb.phases?.[operation.phase];
  if (phase === undefined) throw new Error(`nobody ends ${verb.name} in phase ${operation.phase}`);
  const { world: before, settings } = state;
  const work: Work = { world: before, operation, settings, fresh: freshIn(state) };
  const tasks = phase.tasks(work);
  const about = `${verb.name} ${operation.phase}`;
  const counts = (how: 'done' | 'fails' | 'dies') => ended(verb.name, operation.phase ?? '', how);
  const real = (count: number) =>
    tasks.slice(0, count).reduce((now, task) => after(now, state.world, task), state.reality);
  const stepped = (reality: Reality, step: Parameters<typeof takeStep>[2]): State => ({
    ...state,
    reality,
    world: counted(takeStep(state.world, operation, step)),
  });
  return [
    {
      label: `${about} is done`,
      counts: counts('done'),
      make: () => stepped(real(tasks.length), phase.done(work, tasks.map(answerTo))),
    },
    // Before its effect or after it: the answer is the same, the world is not.
    ...[...tasks.keys()].flatMap((index) =>
      [index, index + 1].map((count) => ({
        label: `${about} fails at ${tasks[index]?.call}, ${count === index ? 'before' : 'after'} its effect`,
        counts: counts('fails'),
        make: () => stepped(real(count), phase.failed(work, 'it failed')),
      })),
    ),
    // The worker is gone; whoever takes the operation up asks everything again.
    ...[...tasks.keys()].map((index) => ({
      label: `${about}: the worker dies after ${tasks[index]?.call}`,
      counts: counts('dies'),
      make: () => ({ ...state, reality: real(index + 1) }),
    })),
  ];
}
