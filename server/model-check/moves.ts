/**
 * Everything that may happen next: somebody calls a verb, or an operation goes on, fails, or loses its worker.
 */

import type { DriverTask } from '~/server/domain/driver-task';
import { decideVerb, mayDo } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import { accept, takeStep } from '~/server/domain/engine/run';
import type { AnyVerb, Ask, Noun, Settings, Work } from '~/server/domain/engine/verb';
import type { OperationRecord, Subject, World } from '~/server/domain/engine/world';
import type { Actor } from '~/server/domain/roles';
import { VERBS } from '~/server/domain/verbs';
import { ACTORS, PROJECT } from './cloud';
import { called, ended } from './coverage';
import { freshIn } from './keys';
import { counted, unsecured } from './quota-count';
import { after, answerTo, type Reality } from './reality';
import { forced, interrupted, taken } from './truth';

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
      if (verb.name === 'server.reset-state') {
        const server = before.server.get(id);
        if (server?.vmState === 'soft-delete') set.push(id);
        set.push(interrupted(id));
      }
      if (verb.name === 'volume.force-delete') set.push(forced(id));
      if (actor.service) set.push(...givenBack(state, verb, id, input).map(taken));
      const dead = before.host.get(before.server.get(id)?.host ?? '')?.up === false;
      const removed = DELETES.includes(verb.name) && dead ? id : null;
      return upToDate({
        ...state,
        world,
        reality: removed === null ? state.reality : withoutGuest(state.reality, removed),
        byHand: set.length === 0 ? state.byHand : new Set([...state.byHand, ...set]),
      });
    },
  };
}

const DELETES: readonly string[] = ['server.delete', 'server.force-delete'];

/** Whoever deletes a server while its host does not answer takes the host for dead, and its guest with it. */
function withoutGuest(reality: Reality, serverId: string): Reality {
  const left = [...reality.guests].filter(([, each]) => each.serverId !== serverId);
  return { ...reality, guests: new Map(left) };
}

/** A service takes a disk away from storage once the guest has given it back. @returns the attachments that go */
function givenBack({ world }: State, verb: AnyVerb, id: string, input: Input): string[] {
  if (!GUARDED.includes(verb.name) || verb.name === 'volume.terminate-connection') return [];
  return [...world.attachment.values()]
    .filter(
      ({ id: each, volumeId }) => each === id || (volumeId === id && (input.attachmentId ?? each) === each),
    )
    .map((each) => each.id);
}

/** However long that takes, and whatever else is done with the disk until then. Volumes may have changed places. */
function upToDate(state: State): State {
  const { world, reality, byHand } = state;
  const held = [...reality.guests].filter(([id]) => world.attachment.has(id) || !byHand.has(taken(id)));
  const volumeOf = (id: string, before: string): string => world.attachment.get(id)?.volumeId ?? before;
  const guests = held.map(
    ([id, { serverId, volumeId }]) => [id, { serverId, volumeId: volumeOf(id, volumeId) }] as const,
  );
  // What was exported of the old place is gone with it.
  const old = ([id, volumeId]: readonly [string, string]) =>
    !world.attachment.has(id) && world.volume.get(volumeId)?.migrationStatus === 'completing';
  const exported = [...reality.exported]
    .filter((each) => !old(each))
    .map(([id, volumeId]) => [id, volumeOf(id, volumeId)] as const);
  // What has gone astray on the way stays so for whoever looks: a reboot brings back a guest, not its disks.
  const astray = [...world.server.values()].filter(({ vmState }) => vmState === 'error');
  const more = astray.map(({ id }) => interrupted(id)).filter((each) => !byHand.has(each));
  return {
    ...state,
    byHand: more.length === 0 ? byHand : new Set([...byHand, ...more]),
    reality: { guests: new Map(guests), exported: new Map(exported) },
  };
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

/**
 * A host that has removed a guest and cannot say so: the rows go on telling of it. What a deletion has given up on its way
 * stays as it was, for the next one.
 */
function lostGuest(task: DriverTask | undefined, effective: boolean): string[] {
  const lost = task?.call === 'destroy' || (effective && task?.call === 'offload');
  return lost && 'serverId' in task ? [interrupted(task.serverId ?? '')] : [];
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
  const stepped = (reality: Reality, step: Parameters<typeof takeStep>[2], from = state): State => {
    const world = counted(takeStep(state.world, operation, step));
    const resource = unsecured(state.world, world);
    if (resource !== null) throw new Error(`${about} takes ${resource} that it has not reserved`);
    return upToDate({ ...from, reality, world });
  };
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
        make: () => {
          const lost = lostGuest(tasks[index], count > index);
          const before = { ...state, byHand: new Set([...state.byHand, ...lost]) };
          return stepped(real(count), phase.failed(work, 'it failed'), before);
        },
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
