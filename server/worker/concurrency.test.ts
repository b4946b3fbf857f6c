/**
 * Several callers at once on one object: what comes out is what some order of them, one after another, gives.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAttachment, makeSnapshot, type VolumeRecord } from '~/db/factories';
import type { ActionName } from '~/server/domain/action';
import { decideVerb } from '~/server/domain/engine/decide';
import type { Input } from '~/server/domain/engine/fields';
import { accept } from '~/server/domain/engine/run';
import type { World } from '~/server/domain/engine/world';
import type { Context } from '~/server/services/context';
import { perform, verbOf } from '~/server/services/perform';
import { RefusedError } from '~/server/services/refused';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { loadWhole, makeShared, makeSmallCloud, type Shared } from '~/server/testing/whole-cloud';

const CALLERS = 4;

let cloud: TestCloud;
let shared: Shared;

beforeAll(async () => {
  cloud = await openTestCloud();
  shared = await makeShared(cloud.runtime);
});

afterAll(() => cloud.close());

interface Scene {
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

/** What everybody calls at once; `given` is made first. */
interface Case {
  action: ActionName;
  target(scene: Scene): string;
  input?: (scene: Scene, caller: number) => Input;
  given?: 'attached' | 'attached elsewhere' | 'snapshot' | 'reserved';
}

const volume = (scene: Scene): string => scene.volumes[0] ?? '';
const shareable = (scene: Scene): string => scene.volumes[1] ?? '';
const server = (scene: Scene, caller = 0): string => scene.servers[caller % scene.servers.length] ?? '';
const attachment = (scene: Scene): string => [...scene.world.attachment.keys()][0] ?? '';
const snapshot = (scene: Scene): string => [...scene.world.snapshot.keys()][0] ?? '';

const CASES: readonly Case[] = [
  { action: 'volume.attach', target: server, input: (scene) => ({ volumeId: volume(scene) }) },
  { action: 'volume.attach', target: server, input: (scene) => ({ volumeId: shareable(scene) }) },
  {
    action: 'volume.detach',
    target: server,
    input: (scene) => ({ volumeId: volume(scene) }),
    given: 'attached',
  },
  {
    action: 'attachment.create',
    target: volume,
    input: (scene, caller) => ({ instanceId: server(scene, caller) }),
  },
  {
    action: 'attachment.create',
    target: shareable,
    input: (scene, caller) => ({ instanceId: server(scene, caller) }),
  },
  { action: 'attachment.complete', target: attachment, given: 'reserved' },
  { action: 'attachment.delete', target: attachment, given: 'reserved' },
  {
    action: 'attachment.swap',
    target: attachment,
    input: (scene) => ({ volumeId: shareable(scene) }),
    given: 'attached',
  },
  { action: 'volume.extend', target: volume, input: (_, caller) => ({ sizeGib: 2 + caller }) },
  { action: 'volume.delete', target: volume },
  { action: 'volume.force-delete', target: volume },
  { action: 'volume.reset-status', target: volume, input: () => ({ status: 'error' }) },
  { action: 'volume.upload-to-image', target: volume, input: () => ({ imageName: 'copy' }) },
  { action: 'volume.reimage', target: volume, input: () => ({ imageId: shared.imageId }) },
  {
    action: 'volume.retype',
    target: volume,
    input: () => ({ type: 'elsewhere', migrationPolicy: 'on-demand' }),
  },
  { action: 'volume.migrate', target: volume, input: () => ({ host: 'b@other#pool' }) },
  { action: 'volume.unmanage', target: volume },
  { action: 'volume.reserve', target: volume },
  { action: 'volume.begin-detaching', target: volume, given: 'attached elsewhere' },
  { action: 'volume.set-readonly', target: volume, input: () => ({ readonly: true }) },
  { action: 'volume.set-bootable', target: volume, input: () => ({ bootable: true }) },
  {
    action: 'volume.set-metadata',
    target: volume,
    input: (_, caller) => ({ metadata: { [`key-${caller}`]: 'value' } }),
  },
  {
    action: 'volume.force-detach',
    target: volume,
    input: (scene) => ({ attachmentId: attachment(scene) }),
    given: 'reserved',
  },
  {
    action: 'volume.revert',
    target: volume,
    input: (scene) => ({ snapshotId: snapshot(scene) }),
    given: 'snapshot',
  },
  { action: 'snapshot.create', target: volume },
  { action: 'snapshot.delete', target: snapshot, given: 'snapshot' },
  { action: 'volume.create', target: ({ project }) => project.id, input: () => ({ sizeGib: 1 }) },
  ...(
    [
      'stop',
      'pause',
      'suspend',
      'rescue',
      'reboot-soft',
      'reboot-hard',
      'shelve',
      'delete',
      'soft-delete',
      'lock',
    ] as const
  ).map((name): Case => ({ action: `server.${name}`, target: server, given: 'attached' })),
  { action: 'server.resize', target: server, input: () => ({ flavor: 'small' }) },
];

async function sceneOf({ given }: Case): Promise<Scene> {
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
  const world = await loadWhole(runtime, project.id);
  return { servers, volumes, project, admin: as('admin', project, runtime), world };
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
    snapshots: sorted([...world.snapshot.values()].map(({ status }) => [status])),
    operations: sorted([...world.operation.values()].map((each) => [each.action, each.phase, each.reserves])),
  };
}

/** @returns the callers' refusals, null for who was accepted, and the world then */
function inTurn(scene: Scene, calls: readonly Call[]): { said: unknown[]; world: World } {
  const settings = cloud.runtime.choices;
  let { world } = scene;
  const said = calls.map(({ action, id, input }) => {
    const verb = verbOf(action);
    const ask = { actor: scene.admin.actor, world, id, input, settings, fresh: randomUUID };
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

test.each(CASES.map((each, at) => [`${at + 1} ${each.action}`, each] as const))('%s', async (_, given) => {
  const scene = await sceneOf(given);
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
    const turn = inTurn(scene, order);
    return { said: tally(turn.said), states: states(turn.world) };
  });
  expect(said).toContain(null);
  expect(serial).toContainEqual(now);
});
