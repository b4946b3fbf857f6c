/**
 * Each fact in the database reaches its rule; what is refused has written nothing; and an explanation says beforehand
 * what the verb says afterwards.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  makeAttachment,
  makeHost,
  makeProject,
  makeServer,
  makeVolume,
  type ProjectRecord,
} from '~/db/factories';
import type { AttachRequest } from '~/server/domain/attach-volume';
import type { Refusal } from '~/server/domain/refusal';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { PairIds } from './attach-volume';
import { attachVolume } from './attach-volume';
import { detachVolume } from './detach-volume';
import { explainAttachVolume, explainDetachVolume } from './explain';
import { RefusedError } from './refused';

let cloud: TestCloud;
let project: ProjectRecord;
/** Can do nothing special. */
let poorHost: string;

beforeAll(async () => {
  cloud = await openTestCloud();
  cloud.runtime.choices = { ...cloud.runtime.choices, maxDisksPerServer: 4, crossZoneAttach: false };
  const { database } = cloud.runtime;
  project = await makeProject(database);
  poorHost = (await makeHost(database, { name: 'poor', supportsMultiattach: false, supportsTagging: false }))
    .name;
  await makeHost(database, { name: 'down', up: false });
});

afterAll(() => cloud.close());

interface Story {
  /** Columns of the server. */
  server?: Partial<Parameters<typeof makeServer>[1]>;
  /** Columns of the volume, beyond what its attachment implies. */
  volume?: Partial<Parameters<typeof makeVolume>[1]>;
  /** Who has the volume. */
  heldBy?: 'this server' | 'another server' | 'a reservation';
  /** Devices of the server's other volumes; null has none yet. */
  disks?: (string | null)[];
  request?: Partial<AttachRequest>;
}

async function tell(story: Story): Promise<PairIds> {
  const { database } = cloud.runtime;
  const server = await makeServer(database, { projectId: project.id, host: poorHost, ...story.server });
  const volume = await makeVolume(database, { projectId: project.id, ...story.volume });
  for (const device of story.disks ?? []) {
    const other = await makeVolume(database, { projectId: project.id });
    await makeAttachment(database, other, { serverId: server.id, device });
  }
  if (story.heldBy !== undefined) {
    const another = await makeServer(database, { projectId: project.id, host: poorHost });
    const holders = { 'this server': server.id, 'another server': another.id, 'a reservation': null };
    await makeAttachment(database, volume, { serverId: holders[story.heldBy] });
  }
  if (story.volume?.status !== undefined) {
    await database.sql`update volumes set status = ${story.volume.status} where id = ${volume.id}`;
  }
  return { serverId: server.id, volumeId: volume.id };
}

async function refusalsOf(call: Promise<unknown>): Promise<readonly Refusal[]> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return [];
  if (!(error instanceof RefusedError)) throw error;
  return error.refusals;
}

/** Everything there is, but for times. */
async function everything(): Promise<unknown> {
  const { sql } = cloud.runtime.database;
  const tables = ['servers', 'volumes', 'attachments', 'operations', 'operation_steps', 'changes'];
  return Promise.all(
    tables.map((table) => sql`select md5(string_agg(t::text, '' order by t::text)) from ${sql(table)} t`),
  );
}

const ATTACHES: [string, Story, string][] = [
  ['locked', { server: { lockedBy: 'owner' } }, 'server-locked'],
  ['suspended', { server: { vmState: 'suspended' } }, 'server-state'],
  ['busy', { server: { taskState: 'rebooting' } }, 'server-busy'],
  ['never launched', { server: { launchedAt: null } }, 'server-never-launched'],
  ['bad device', { request: { device: 'sda' } }, 'device-invalid'],
  ['held by another server', { heldBy: 'another server' }, 'already-attached'],
  ['held by this server', { heldBy: 'this server' }, 'same-server'],
  [
    'multiattach, held by this server',
    { volume: { multiattach: true }, heldBy: 'this server' },
    'same-server',
  ],
  [
    'offloaded, with a tag',
    { server: { vmState: 'shelved_offloaded', host: null }, request: { tag: 'x' } },
    'offloaded-tag',
  ],
  [
    'offloaded, multiattach',
    { server: { vmState: 'shelved_offloaded', host: null }, volume: { multiattach: true } },
    'offloaded-multiattach',
  ],
  ['host down', { server: { host: 'down' } }, 'host-down'],
  ['no host', { server: { host: null } }, 'no-host'],
  ['host without tags', { request: { tag: 'x' } }, 'host-without-tags'],
  ['host without multiattach', { volume: { multiattach: true } }, 'host-without-multiattach'],
  ['too many disks', { disks: ['/dev/vdb', '/dev/vdc', null] }, 'too-many-disks'],
  ['letter taken', { disks: ['/dev/vdb'], request: { device: '/dev/sdb1' } }, 'device-taken'],
  ['letter of the root', { request: { device: '/dev/xvda' } }, 'device-taken'],
  ['other zone', { volume: { availabilityZone: 'az-2' } }, 'other-zone'],
  ['volume in error', { volume: { status: 'error' } }, 'volume-status'],
  ['reserved for somebody', { heldBy: 'a reservation' }, 'volume-status'],
  ['held, whatever it says', { heldBy: 'a reservation', volume: { status: 'available' } }, 'held'],
];

describe('attach', () => {
  it.each(ATTACHES)('%s', async (_, story, rule) => {
    const pair = await tell(story);
    const member = as('member', project, cloud.runtime);
    const request = { device: null, mode: null, tag: null, deleteOnTermination: false, ...story.request };
    const before = await everything();
    const refusals = await refusalsOf(attachVolume(member, { ...pair, request }));
    expect(refusals[0]?.rule).toBe(`volume.attach.${rule}`);
    const explained = await explainAttachVolume(member, { ...pair, request });
    expect(explained.refusals).toEqual(refusals);
    expect(explained.steps).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('nothing speaks against it', async () => {
    const member = as('member', project, cloud.runtime);
    const request = { device: null, mode: null, tag: null, deleteOnTermination: false };
    const pair = await tell({ disks: ['/dev/vdb'] });
    expect(await explainAttachVolume(member, { ...pair, request })).toMatchObject({ refusals: [] });
    expect(await attachVolume(member, { ...pair, request })).toMatchObject({ device: '/dev/vdc' });
  });
});

const held = { heldBy: 'this server' } as const;

const DETACHES: [string, Story, string][] = [
  ['not attached', {}, 'not-attached'],
  ['attached to another', { heldBy: 'another server' }, 'not-attached'],
  ['only reserved', { heldBy: 'a reservation' }, 'not-attached'],
  ['locked', { ...held, server: { lockedBy: 'admin' } }, 'server-locked'],
  ['in error', { ...held, server: { vmState: 'error' } }, 'server-state'],
  ['busy', { ...held, server: { taskState: 'deleting' } }, 'server-busy'],
  ['never launched', { ...held, server: { launchedAt: null } }, 'server-never-launched'],
  ['host down', { ...held, server: { host: 'down' } }, 'host-down'],
  ['migrating', { ...held, volume: { migrationStatus: 'migrating' } }, 'migrating'],
  ['detaching already', { ...held, volume: { status: 'detaching' } }, 'volume-status'],
];

describe('detach', () => {
  it.each(DETACHES)('%s', async (_, story, rule) => {
    const pair = await tell(story);
    const member = as('member', project, cloud.runtime);
    const before = await everything();
    const refusals = await refusalsOf(detachVolume(member, pair));
    expect(refusals[0]?.rule).toBe(`volume.detach.${rule}`);
    expect((await explainDetachVolume(member, pair)).refusals).toEqual(refusals);
    expect(await everything()).toEqual(before);
  });

  it('the root', async () => {
    const pair = await tell(held);
    await cloud.runtime.database
      .sql`update attachments set boot_index = 0 where volume_id = ${pair.volumeId}`;
    const [refusal] = await refusalsOf(detachVolume(as('member', project, cloud.runtime), pair));
    expect(refusal?.rule).toBe('volume.detach.root-device');
  });

  it('nothing speaks against it', async () => {
    const member = as('member', project, cloud.runtime);
    const pair = await tell(held);
    expect(await explainDetachVolume(member, pair)).toMatchObject({ refusals: [] });
    await detachVolume(member, pair);
  });
});
