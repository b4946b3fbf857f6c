/**
 * Several callers at once on one object: a scene for them, and the question whether what comes out is what some order of
 * them, one after another, gives.
 */
import { randomUUID } from 'node:crypto';
import type { JSONValue } from 'postgres';
import { expect } from 'vitest';
import { makeAttachment, makeSnapshot, type VolumeRecord } from '~/db/factories';
import type { ActionName } from '~/server/domain/action';
import { decideVerb } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import { accept } from '~/server/domain/engine/run';
import type { World } from '~/server/domain/engine/world';
import { VERBS } from '~/server/domain/verbs';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { RefusedError } from '~/server/services/refused';
import { as, openTestCloud, type TestCloud } from './test-cloud';
import { loadWhole, makeShared, makeSmallCloud, type Shared } from './whole-cloud';

const CALLERS = 4;

/** A cloud for a file of cases. */
export interface Crowd {
  cloud: TestCloud;
  shared: Shared;
}

export async function gatherCrowd(): Promise<Crowd> {
  const cloud = await openTestCloud();
  return { cloud, shared: await makeShared(cloud.runtime) };
}

export interface Scene {
  shared: Shared;
  servers: readonly string[];
  volumes: readonly string[];
  project: { id: string; name: string };
  admin: Context;
  world: World;
}

interface Call {
  action: ActionName;
  id: string;
  input: Input;
}

type Column = string | null | { [key: string]: JSONValue };

/** What everybody calls at once; `given` is made first. */
export interface Case {
  action: ActionName;
  target(scene: Scene): string;
  input?: (scene: Scene, caller: number) => Input;
  given?: 'attached' | 'attached elsewhere' | 'snapshot' | 'reserved';
  /** Columns of the first server or volume, as an earlier action would have left them. */
  servers?: Record<string, Column>;
  volumes?: Record<string, Column>;
}

export const volume = (scene: Scene): string => scene.volumes[0] ?? '';
export const shareable = (scene: Scene): string => scene.volumes[1] ?? '';
export const server = (scene: Scene, caller = 0): string =>
  scene.servers[caller % scene.servers.length] ?? '';
export const attachment = (scene: Scene): string => [...scene.world.attachment.keys()][0] ?? '';
export const snapshot = (scene: Scene): string => [...scene.world.snapshot.keys()][0] ?? '';

async function sceneOf({ cloud, shared }: Crowd, { given, ...columns }: Case): Promise<Scene> {
  const { runtime } = cloud;
  const { database } = runtime;
  const { project, servers, volumes } = await makeSmallCloud(runtime, shared);
  const row = { id: volumes[0] ?? '', projectId: project.id, multiattach: false, sizeGib: 1 } as VolumeRecord;
  if (given === 'attached') await makeAttachment(database, row, { serverId: servers[0] ?? null });
  if (given === 'reserved') await makeAttachment(database, row, { serverId: null });
  if (given === 'attached elsewhere') {
    const instanceId = randomUUID();
    await makeAttachment(database, row, { serverId: null, instanceId, attachStatus: 'attached' });
  }
  if (given === 'snapshot') await makeSnapshot(database, row);
  for (const table of ['servers', 'volumes'] as const) {
    const id = (table === 'servers' ? servers : volumes)[0] ?? '';
    for (const [name, value] of Object.entries(columns[table] ?? {})) {
      const given = typeof value === 'object' && value !== null ? database.sql.json(value) : value;
      await database.sql`update ${database.sql(table)} set ${database.sql(name)} = ${given} where id = ${id}`;
    }
  }
  // What it goes back to is where it is.
  await database.sql`
    update servers set former = jsonb_set(former, '{host}', to_jsonb(host)) where former is not null and host is not null`;
  const world = await loadWhole(runtime, project.id);
  return { shared, servers, volumes, project, admin: as('admin', project, runtime), world };
}

/** What counts: how many of what are in which states, whatever the new ones are called. */
function states(world: World): unknown {
  const sorted = (rows: readonly unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    servers: sorted([...world.server.values()].map((each) => [each.vmState, each.taskState, each.lockedBy])),
    volumes: sorted(
      [...world.volume.values()].map((each) => [
        each.status,
        each.attachStatus,
        each.migrationStatus,
        each.sizeGib,
        each.readonly,
        each.bootable,
        Object.keys(each.metadata).sort(),
      ]),
    ),
    attachments: sorted(
      [...world.attachment.values()].map((each) => [
        each.instanceId,
        each.serverId,
        each.attachStatus,
        each.device,
      ]),
    ),
    types: sorted(
      [...world.volumeType.values()].map((each) => [
        each.public,
        Object.entries(each.extraSpecs).sort(),
        each.access,
      ]),
    ),
    quotas: sorted([...world.quota.values()].map(({ limits }) => Object.entries(limits).sort())),
    snapshots: sorted(
      [...world.snapshot.values()].map(({ status, metadata }) => [status, Object.entries(metadata).sort()]),
    ),
    operations: sorted([...world.operation.values()].map((each) => [each.action, each.phase, each.reserves])),
  };
}

/** @returns the callers' refusals, null for who was accepted, and the world then */
function inTurn(cloud: TestCloud, scene: Scene, calls: readonly Call[]): { said: unknown[]; world: World } {
  const settings = cloud.runtime.choices;
  let { world } = scene;
  const said = calls.map(({ action, id, input }) => {
    const verb = VERBS[action];
    const ask = { actor: scene.admin.actor, world, id, input: sealed(input), settings, fresh: randomUUID };
    if (verb.noun !== 'project' && !world[verb.noun].has(id)) return 'gone';
    const decision = decideVerb(verb, ask);
    if (!decision.allowed) return decision.refusals.map(({ rule }) => rule);
    world = accept(verb, ask, decision.effects, randomUUID());
    return null;
  });
  return { said, world };
}

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    orders(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]),
  );
}

function tally(said: readonly unknown[]): string[] {
  return said.map((each) => JSON.stringify(each)).sort();
}

/** As the service hands it on. */
function sealed({ connector, ...input }: Input): Input {
  return connector === undefined ? input : { ...input, connector: { sealed: 'sealed', host: 'elsewhere' } };
}

/** Lets all of them call at once, and compares with every order of them. */
export async function expectSomeOrder(crowd: Crowd, given: Case): Promise<void> {
  const { cloud } = crowd;

  const scene = await sceneOf(crowd, given);
  const calls = Array.from(
    { length: CALLERS },
    (_each, caller): Call => ({
      action: given.action,
      id: given.target(scene),
      input: given.input?.(scene, caller) ?? {},
    }),
  );
  const said = await Promise.all(
    calls.map((call) =>
      perform(scene.admin, call).then(
        () => null,
        (error: unknown) => {
          if (!(error instanceof RefusedError)) throw error;
          const rules = error.refusals.map(({ rule }) => rule);
          return rules.some((rule) => rule.endsWith('.not-found')) && rules.length === 1 ? 'gone' : rules;
        },
      ),
    ),
  );
  const now = { said: tally(said), states: states(await loadWhole(cloud.runtime, scene.project.id)) };
  const serial = orders(calls).map((order) => {
    const turn = inTurn(cloud, scene, order);
    return { said: tally(turn.said), states: states(turn.world) };
  });
  expect(said).toContain(null);
  expect(serial).toContainEqual(now);
}
