/**
 * Random histories on a real database, and the same in memory: after every step both hold the same rows.
 * MOORING_HISTORIES says how many (some, unless said).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DriverAnswer, DriverTask } from '~/server/domain/driver-task';
import { decideVerb } from '~/server/domain/engine/decide';
import { accept, takeStep } from '~/server/domain/engine/run';
import type { Work } from '~/server/domain/engine/verb';
import type { OperationRecord, World } from '~/server/domain/engine/world';
import { VERBS } from '~/server/domain/verbs';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { RefusedError } from '~/server/services/refused';
import type { Runtime } from '~/server/services/runtime';
import { sealInput } from '~/server/services/verb-input';
import { loadVerbWork, takeVerbStep } from '~/server/services/verb-work';
import { callsIn, eachVolume } from '~/server/testing/history-calls';
import { type ModelCloud, modelCloud } from '~/server/testing/model-cloud';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { loadWhole, makeShared, makeSmallCloud, type Shared } from '~/server/testing/whole-cloud';
import { carryOut } from './carry-out';

/**
 * Ids that the model has drawn, for the database to draw again, so that both name what is new alike. They count up: rows are
 * read in the order of their ids, and a history of which the same is to be told again must find them in the same order.
 */
const drawn = vi.hoisted(() => {
  let last = 0;
  const next = () => {
    last += 1;
    return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}` as const;
  };
  return { ids: [] as string[], next };
});

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  return { ...crypto, randomUUID: () => drawn.ids.shift() ?? drawn.next() };
});

let cloud: TestCloud;
let shared: Shared;

beforeAll(async () => {
  cloud = await openTestCloud();
  shared = await makeShared(cloud.runtime);
});

afterAll(() => cloud.close());

/** What is sealed is another text every time, inputs are kept without it, and who has no name is called by its id. */
function comparable(world: World): unknown {
  const tables = ['server', 'volume', 'attachment', 'snapshot', 'image', 'operation'] as const;
  const rows = tables.map((table) => [table, Object.fromEntries(world[table])]);
  return JSON.parse(JSON.stringify(Object.fromEntries(rows)), (key, value) => {
    if (key === 'input' || key === 'name') return undefined;
    return typeof value === 'string' && value.startsWith('eyJ') ? 'sealed' : value;
  });
}

/** Chance, as the history has drawn it. */
type Pick = <Item>(items: readonly Item[]) => Item | undefined;

interface Story {
  runtime: Runtime;
  driver: ModelCloud;
  people: readonly Context[];
  projectId: string;
  /** As the model has it. */
  world: World;
  /** What has happened, for people. */
  log: string[];
}

function fresh(): string {
  const id = drawn.next();
  drawn.ids.push(id);
  return id;
}

/** The same call twice: in memory, then on the database, which draws the same ids. */
async function call(story: Story, pick: Pick): Promise<World> {
  const { runtime, world } = story;
  const [action, inputs] = pick(callsIn(shared)) ?? ['volume.attach', eachVolume];
  const verb = VERBS[action];
  const id = pick(verb.noun === 'project' ? [story.projectId] : [...world[verb.noun].keys()]);
  const person = pick(story.people);
  const input = id === undefined ? undefined : pick(inputs(world, id));
  if (id === undefined || person === undefined || input === undefined) return world;
  const sealed = await sealInput(runtime.secretKey, verb, input);
  const ask = { actor: person.actor, world, id, input: sealed, settings: runtime.choices, fresh };
  drawn.ids = [];
  const decision = decideVerb(verb, ask);
  const after = decision.allowed ? accept(verb, ask, decision.effects, fresh()) : world;
  const said = await perform(person, { action, id, input }).then(
    () => [],
    (error: unknown) => {
      if (error instanceof RefusedError) return error.refusals.map(({ rule }) => rule);
      throw error;
    },
  );
  const refusals = decision.allowed ? [] : decision.refusals.map(({ rule }) => rule);
  story.log.push(
    `${person.actor.userName} ${action} ${id} ${JSON.stringify(input)}: ${refusals.join() || 'accepted'}`,
  );
  expect(said).toEqual(refusals);
  return after;
}

/** What becomes of a phase: it goes well, a task fails, or its worker is killed before it could say anything. */
type Fate = number | 'killed' | null;

/** The same phase twice; hosts and storage are asked once, and answer both. */
async function goOn(story: Story, operation: OperationRecord, fate: Fate): Promise<World> {
  const { runtime, world } = story;
  const verb = VERBS[operation.action];
  const phase = operation.phase === null ? undefined : verb.phases?.[operation.phase];
  const onDisk = await loadVerbWork(runtime, operation.id);
  if (phase === undefined || onDisk === null) throw new Error(`${operation.action} is not under way`);
  drawn.ids = [];
  const work: Work = { world, operation, settings: runtime.choices, fresh };
  const tasks = phase.tasks(onDisk);
  expect(phase.tasks(work).map(named)).toEqual(tasks.map(named));
  const answers = await ask(story, tasks, fate === 'killed' ? null : fate);
  if (fate === 'killed') {
    // Whoever takes it up asks everything again.
    story.log.push(`${operation.action} ${operation.phase}: its worker is killed`);
    return world;
  }
  const step = typeof answers === 'string' ? phase.failed(work, answers) : phase.done(work, answers);
  story.log.push(`${operation.action} ${operation.phase}: ${step.message}`);
  await takeVerbStep(runtime, onDisk, (locked) =>
    typeof answers === 'string' ? phase.failed(locked, answers) : phase.done(locked, answers),
  );
  return takeStep(world, operation, step);
}

function named(task: DriverTask): string {
  return Object.values(task)
    .filter((each) => typeof each === 'string' && !each.startsWith('eyJ'))
    .join(' ');
}

/** @returns what hosts and storage answer, or why one of them has failed */
async function ask(
  { runtime, driver }: Story,
  tasks: readonly DriverTask[],
  failAt: number | null,
): Promise<DriverAnswer[] | string> {
  const answers: DriverAnswer[] = [];
  for (const [index, task] of tasks.entries()) {
    if (index === failAt) return `${task.call} did not work.`;
    try {
      answers.push(await carryOut({ runtime, drivers: driver }, task));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return answers;
}

const FATES: readonly Fate[] = [null, null, null, null, 0, 1, 'killed'];

/** Three steps of four a call is made where nothing runs, one of two where something does. */
async function live(seeds: readonly number[], story: Story): Promise<void> {
  for (const seed of seeds) {
    let rest = seed;
    const pick: Pick = (items) => {
      const item = items[rest % Math.max(items.length, 1)];
      rest = Math.floor(rest / Math.max(items.length, 1));
      return item;
    };
    const running = [...story.world.operation.values()];
    const operation = pick([true, false]) === true ? pick(running) : undefined;
    const before = await loadWhole(story.runtime, story.projectId);
    story.world = { ...story.world, quota: before.quota };
    story.world =
      operation === undefined ? await call(story, pick) : await goOn(story, operation, pick(FATES) ?? null);
    const now = await loadWhole(story.runtime, story.projectId);
    expect(comparable(now), story.log.join('\n')).toEqual(comparable(story.world));
    expectCounted(now, story.projectId);
  }
}

/** Quota in use is what there is; what is reserved is what runs. */
function expectCounted(world: World, projectId: string): void {
  const quota = world.quota.get(projectId);
  const volumes = [...world.volume.values()].filter((each) => each.consumesQuota);
  const snapshots = [...world.snapshot.values()].filter((each) => each.consumesQuota);
  const gib = [...volumes, ...snapshots].reduce((sum, each) => sum + each.sizeGib, 0);
  expect([quota?.inUse.volumes ?? 0, quota?.inUse.snapshots ?? 0, quota?.inUse.gigabytes ?? 0]).toEqual([
    volumes.length,
    snapshots.length,
    gib,
  ]);
  const extending = [...world.operation.values()].reduce(
    (sum, { reserves }) => sum + Math.max(reserves.gigabytes ?? 0, 0),
    0,
  );
  expect(quota?.reserved.gigabytes ?? 0).toBe(extending);
}

const HISTORIES = Number(process.env.MOORING_HISTORIES ?? 24);
/** The same ones every time, unless others are asked for: what is found by chance belongs to who looks for it. */
const CHOSEN = process.env.MOORING_HISTORIES === undefined ? { seed: 20_261_121 } : {};
const SEED = 2 ** 40;

test(
  'database and model tell the same story',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: SEED }), { minLength: 10, maxLength: 25 }),
        async (seeds) => {
          const { runtime } = cloud;
          const { project } = await makeSmallCloud(runtime, shared);
          const world = await loadWhole(runtime, project.id);
          const people = [as('member', project, runtime), as('admin', project, runtime)];
          await live(seeds, { runtime, driver: modelCloud(), people, projectId: project.id, world, log: [] });
        },
      ),
      { numRuns: HISTORIES, endOnFailure: true, ...CHOSEN },
    );
  },
  HISTORIES * 10_000,
);
