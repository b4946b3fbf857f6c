/**
 * Every call to a host or a backend fails once, before it has had its effect and after: everything becomes what it was,
 * in the database and in the cloud, and the operation says why.
 */
import { describe, expect, it } from 'vitest';
import type { DriverCall } from '~/server/domain/driver-call';
import { MAX_ATTEMPTS } from '~/server/services/queue';
import { openAttachments } from '~/server/testing/attachment-scene';
import type { Trouble } from '~/server/testing/model-cloud';
import {
  attach,
  attached,
  detach,
  heldByAnother,
  makeScene,
  operationOf,
  realityOf,
  rowsOf,
  runToEnd,
  type Scene,
} from '~/server/testing/scene';

const here = openAttachments();

type Moment = Trouble['moment'];
type Kind = keyof typeof KINDS;

const MOMENTS = ['before', 'after'] as const;
/** How often the call fails, and whether that may pass. */
const KINDS = {
  'fails for good': [1, 'fails'],
  'fails every time': [MAX_ATTEMPTS, 'fails for now'],
} as const satisfies Record<string, readonly [number, Trouble['kind']]>;

function trouble(call: DriverCall, moment: Moment, kind: Kind): Trouble[] {
  const [times, how] = KINDS[kind];
  return Array.from({ length: times }, () => ({ call, moment, kind: how }));
}

/** Each call of the way there at each moment in each kind. */
function everyTrouble(calls: readonly DriverCall[]): [DriverCall, Moment, Kind][] {
  const kinds: Kind[] = ['fails for good', 'fails every time'];
  return calls.flatMap((call) =>
    MOMENTS.flatMap((moment) => kinds.map((kind): [DriverCall, Moment, Kind] => [call, moment, kind])),
  );
}

const ATTACH_CALLS = ['getConnector', 'initializeConnection', 'attachDevice'] as const;
const DETACH_CALLS = ['detachDevice', 'terminateConnection'] as const;

/** Volumes that may be attached, and how each came to be so. */
const ATTACHABLE: Record<string, () => Promise<Scene>> = {
  available: () => makeScene(here.stage),
  downloading: () => makeScene(here.stage, { status: 'downloading' }),
  'read-only': () => makeScene(here.stage, { readonly: true }),
  'reserved for this server before': async () => {
    const scene = await makeScene(here.stage);
    const { sql } = here.stage.cloud.runtime.database;
    await sql`insert into attachments (id, volume_id, multiattach, attach_status, instance_id)
      values (gen_random_uuid(), ${scene.volumeId}, false, 'reserved', ${scene.serverId})`;
    // A reservation sets the status alone.
    await sql`update volumes set status = 'reserved' where id = ${scene.volumeId}`;
    return scene;
  },
  'multiattach, free': () => makeScene(here.stage, { multiattach: true }),
  'multiattach, another server has it': async () => {
    const scene = await makeScene(here.stage, { multiattach: true });
    await heldByAnother(scene);
    return scene;
  },
};

describe.each(Object.entries(ATTACHABLE))('attach, volume %s', (_, makeIt) => {
  it.each(everyTrouble(ATTACH_CALLS))('%s, %s its effect, %s', async (call, moment, kind) => {
    const scene = await makeIt();
    const before = await rowsOf(scene);
    const reality = realityOf(scene);
    const { operationId, attachmentId } = await attach(scene);
    scene.model.plan(...trouble(call, moment, kind));
    await runToEnd(scene, operationId);

    expect(await rowsOf(scene)).toEqual(before);
    expect(realityOf(scene)).toEqual(reality);
    const operation = await operationOf(scene, operationId);
    expect(operation).toMatchObject({ outcome: 'failed', phase: null, reason: `${call} did not work.` });
    expect(operation.steps.at(-1)).toBe('roll-back succeeded');
    expect(operation.after).toEqual(operation.before);
    const { sql } = here.stage.cloud.runtime.database;
    const [gone] = await sql`select connector, connection_info from attachments where id = ${attachmentId}`;
    expect(gone).toEqual({ connector: null, connection_info: null });
  });
});

/** Volumes that are attached for real, by the product's own hands. */
const ATTACHED: Record<string, () => Promise<Scene>> = {
  'of one server': () => makeScene(here.stage),
  multiattach: () => makeScene(here.stage, { multiattach: true }),
  'multiattach, another server has it too':
    ATTACHABLE['multiattach, another server has it'] ?? (() => makeScene(here.stage)),
};

describe.each(Object.entries(ATTACHED))('detach, volume %s', (_, makeIt) => {
  it.each(everyTrouble(DETACH_CALLS))('%s, %s its effect, %s', async (call, moment, kind) => {
    const scene = await attached(await makeIt());
    const before = await rowsOf(scene);
    const reality = realityOf(scene);
    const { operationId } = await detach(scene);
    scene.model.plan(...trouble(call, moment, kind));
    await runToEnd(scene, operationId);

    expect(await rowsOf(scene)).toEqual(before);
    expect(realityOf(scene)).toEqual(reality);
    const operation = await operationOf(scene, operationId);
    expect(operation).toMatchObject({ outcome: 'failed', phase: null, reason: `${call} did not work.` });
    expect(operation.steps.at(-1)).toBe('roll-back succeeded');
    expect(operation.after).toEqual(operation.before);
  });
});

describe('what passes by itself', () => {
  it.each(ATTACH_CALLS.flatMap((call) => MOMENTS.map((moment) => [call, moment] as const)))(
    'attach: %s fails once, %s its effect; the next attempt succeeds',
    async (call, moment) => {
      const scene = await makeScene(here.stage);
      const { operationId, attachmentId } = await attach(scene);
      scene.model.plan({ call, moment, kind: 'fails for now' });
      await runToEnd(scene, operationId);
      expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded', reason: null });
      expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'in-use', attach_status: 'attached' } });
      expect([...scene.model.guestDisks]).toEqual([attachmentId]);
    },
  );

  it.each(DETACH_CALLS.flatMap((call) => MOMENTS.map((moment) => [call, moment] as const)))(
    'detach: %s fails once, %s its effect; the next attempt succeeds',
    async (call, moment) => {
      const scene = await attached(await makeScene(here.stage));
      const { operationId } = await detach(scene);
      scene.model.plan({ call, moment, kind: 'fails for now' });
      await runToEnd(scene, operationId);
      expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded', reason: null });
      expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'available' }, attachments: [] });
      expect(scene.model.exported).toEqual(new Set());
    },
  );

  it('the way back has attempts of its own', async () => {
    const scene = await makeScene(here.stage);
    const before = await rowsOf(scene);
    const { operationId } = await attach(scene);
    scene.model.plan(...trouble('attachDevice', 'before', 'fails every time'));
    const once = { call: 'terminateConnection', moment: 'before', kind: 'fails for now' } as const;
    scene.model.plan(...Array.from({ length: MAX_ATTEMPTS - 1 }, () => once));
    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({
      outcome: 'failed',
      reason: 'attachDevice did not work.',
    });
    expect(await rowsOf(scene)).toEqual(before);
    expect(scene.model.exported).toEqual(new Set());
  });
});
