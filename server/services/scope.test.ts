/**
 * Who sees and changes what: a project's things are its own, a reader changes nothing, an administrator sees all.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  makeAttachment,
  makeHost,
  makeProject,
  makeServer,
  makeVolume,
  type ProjectRecord,
} from '~/db/factories';
import type { Role } from '~/server/domain/roles';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import type { PairIds } from './attach-volume';
import { attachVolume } from './attach-volume';
import type { Context } from './context';
import { detachVolume } from './detach-volume';
import { explainAttachVolume, explainDetachVolume } from './explain';
import { RefusedError } from './refused';

let cloud: TestCloud;
let host: string;
let demo: ProjectRecord;
let alt: ProjectRecord;

beforeAll(async () => {
  cloud = await openTestCloud();
  const { database } = cloud.runtime;
  host = (await makeHost(database)).name;
  demo = await makeProject(database, { name: 'demo' });
  alt = await makeProject(database, { name: 'alt' });
});

afterAll(() => cloud.close());

const request = { device: null, mode: null, tag: null, deleteOnTermination: false };

/** Every verb on a pair. */
const VERBS: Record<string, (context: Context, pair: PairIds) => Promise<unknown>> = {
  attach: (context, pair) => attachVolume(context, { ...pair, request }),
  detach: detachVolume,
  'explain attach': (context, pair) => explainAttachVolume(context, { ...pair, request }),
  'explain detach': explainDetachVolume,
};

async function newPair(serverOf: ProjectRecord, volumeOf: ProjectRecord): Promise<PairIds> {
  const { database } = cloud.runtime;
  const server = await makeServer(database, { projectId: serverOf.id, host });
  const volume = await makeVolume(database, { projectId: volumeOf.id });
  return { serverId: server.id, volumeId: volume.id };
}

/** @returns code and message of the first refusal */
async function refusedWith(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw error ?? new Error('nothing refused it');
  const [{ code, message }] = error.refusals;
  return { code, message };
}

/** @returns how many rows any verb could have written */
async function written(): Promise<unknown> {
  const [row] = await cloud.runtime.database.sql`
    select (select count(*)::int from operations) as operations, (select count(*)::int from changes) as changes,
      (select count(*)::int from graphile_worker.jobs) as jobs, (select count(*)::int from attachments) as attachments`;
  return row;
}

describe.each(Object.entries(VERBS))('%s', (name, verb) => {
  const missing: [string, (pair: PairIds) => Promise<PairIds>, 'server' | 'volume'][] = [
    ['a server of another project', async (pair) => ({ ...pair, ...(await serverOf(alt)) }), 'server'],
    ['a server nobody has', async (pair) => ({ ...pair, serverId: randomUUID() }), 'server'],
    ['a deleted server', async (pair) => ({ ...pair, ...(await serverOf(demo, true)) }), 'server'],
    ['a volume of another project', async (pair) => ({ ...pair, ...(await volumeOf(alt)) }), 'volume'],
    ['a volume nobody has', async (pair) => ({ ...pair, volumeId: randomUUID() }), 'volume'],
    ['a deleted volume', async (pair) => ({ ...pair, ...(await volumeOf(demo, true)) }), 'volume'],
  ];

  it.each(missing)('%s is not found, and all these sound alike', async (_, change, noun) => {
    // Whoever may not attach at all is told that first, of whatever volume.
    const mayAsk = noun === 'server' || name.startsWith('explain');
    for (const role of mayAsk ? (['member', 'reader'] as const) : (['member'] as const)) {
      const pair = await change(await newPair(demo, demo));
      const before = await written();
      expect(await refusedWith(verb(as(role, demo, cloud.runtime), pair))).toEqual({
        code: 'not_found',
        message:
          noun === 'server'
            ? `Server ${pair.serverId} could not be found.`
            : `Volume ${pair.volumeId} could not be found.`,
      });
      expect(await written()).toEqual(before);
    }
  });
});

async function serverOf({ id: projectId }: ProjectRecord, deleted = false): Promise<{ serverId: string }> {
  const given = deleted ? { vmState: 'deleted' as const, deletedAt: new Date() } : {};
  return { serverId: (await makeServer(cloud.runtime.database, { projectId, host, ...given })).id };
}

async function volumeOf({ id: projectId }: ProjectRecord, deleted = false): Promise<{ volumeId: string }> {
  const given = deleted ? { status: 'deleted' as const, deletedAt: new Date() } : {};
  return { volumeId: (await makeVolume(cloud.runtime.database, { projectId, ...given })).id };
}

async function newAttachedPair(serverProject: ProjectRecord, volumeProject: ProjectRecord): Promise<PairIds> {
  const { database } = cloud.runtime;
  const server = await makeServer(database, { projectId: serverProject.id, host });
  const volume = await makeVolume(database, { projectId: volumeProject.id });
  await makeAttachment(database, volume, { serverId: server.id });
  return { serverId: server.id, volumeId: volume.id };
}

describe('a reader', () => {
  it('attaches and detaches nothing, and learns which role it takes', async () => {
    const reader = as('reader', demo, cloud.runtime);
    const [loose, attached] = [await newPair(demo, demo), await newAttachedPair(demo, demo)];
    const before = await written();
    expect(await refusedWith(attachVolume(reader, { ...loose, request }))).toEqual({
      code: 'forbidden',
      message:
        'Policy os_compute_api:os-volumes-attachments:create asks for the role member; reader has reader in project demo.',
    });
    expect(await refusedWith(detachVolume(reader, attached))).toEqual({
      code: 'forbidden',
      message:
        'Policy os_compute_api:os-volumes-attachments:delete asks for the role member; reader has reader in project demo.',
    });
    expect(await written()).toEqual(before);
  });

  it('may ask what would happen', async () => {
    const reader = as('reader', demo, cloud.runtime);
    const { refusals } = await explainAttachVolume(reader, { ...(await newPair(demo, demo)), request });
    expect(refusals.map(({ code }) => code)).toEqual(['forbidden', 'forbidden']);
  });
});

describe('an administrator', () => {
  it.each<[string, () => [ProjectRecord, ProjectRecord]]>([
    ['of another project', () => [alt, alt]],
    ['across projects', () => [demo, alt]],
  ])('attaches and detaches things %s', async (_, projects) => {
    const admin = as('admin', demo, cloud.runtime);
    const [serverProject, volumeProject] = projects();
    const pair = await newPair(serverProject, volumeProject);
    const { operationId, attachmentId } = await attachVolume(admin, { ...pair, request });
    const { sql } = cloud.runtime.database;
    // The operation belongs to the server's project, the news to whoever owns the thing.
    const [operation] = await sql`select project_id, user_name from operations where id = ${operationId}`;
    expect(operation).toEqual({ project_id: serverProject.id, user_name: 'admin' });
    const news = await sql`
      select project_id, object_id from changes
      where object_id in (${pair.serverId}, ${pair.volumeId}, ${attachmentId}) order by kind`;
    expect(news).toEqual([
      { project_id: serverProject.id, object_id: pair.serverId },
      { project_id: volumeProject.id, object_id: pair.volumeId },
      { project_id: volumeProject.id, object_id: attachmentId },
    ]);
    const attached = await newAttachedPair(serverProject, volumeProject);
    await detachVolume(admin, attached);
  });

  it('a member cannot detach what an administrator has attached across projects', async () => {
    const pair = await newAttachedPair(alt, demo);
    const { code } = await refusedWith(detachVolume(as('member', demo, cloud.runtime), pair));
    expect(code).toBe('not_found');
  });
});

it('a member does not learn the name of another project’s server', async () => {
  const { database } = cloud.runtime;
  const secret = await makeServer(database, { projectId: alt.id, host, name: 'merger-db' });
  const volume = await makeVolume(database, { projectId: demo.id });
  await makeAttachment(database, volume, { serverId: secret.id });
  const pair = { ...(await newPair(demo, demo)), volumeId: volume.id };
  const asked = (role: Role) =>
    refusedWith(attachVolume(as(role, demo, cloud.runtime), { ...pair, request }));
  expect((await asked('member')).message).toBe(
    `Volume ${volume.name} is attached to ${secret.id}, and it is not a multiattach volume.`,
  );
  expect((await asked('admin')).message).toContain('merger-db');
});
