/**
 * What a project has is nothing to another: each of its answers is the same to the letter, whether there is anything
 * or not. So no id, name or count shows, nor that something with a certain id is there.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAttachment, makeServer, makeSnapshot, makeVolume, makeVolumeType } from '~/db/factories';
import { flavors, images } from '~/db/schema/compute';
import { operationSteps, operations } from '~/db/schema/operation';
import { volumeTransfers } from '~/db/schema/volume';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';
import { COMPUTE_ROUTES } from './compute/routes';
import { IMAGE_ROUTES } from './image/routes';
import { jsonSchema } from './openapi/schema';
import { atVersion, type Route } from './route';
import { VOLUME_ROUTES } from './volume/routes';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const MARK = 'secret';
const NAME = `${MARK}-name`;
const ID = {
  server: randomUUID(),
  volume: randomUUID(),
  held: randomUUID(),
  attachment: randomUUID(),
  snapshot: randomUUID(),
  type: randomUUID(),
  image: randomUUID(),
  transfer: randomUUID(),
  operation: randomUUID(),
  flavor: `${MARK}-flavor`,
  request: `req-${randomUUID()}`,
};

/** Something of everything: of the project of `member`, on what all share. */
async function makeEverything(): Promise<void> {
  const { runtime, projectId, host, project } = cloud;
  const { database } = runtime;
  const { orm } = database;
  const own = { projectId, name: NAME, userId: `${MARK}-user` };
  const type = await makeVolumeType(database, { id: ID.type, name: NAME, public: false }, [project]);
  const volume = { ...own, pool: 'a@usual#pool', volumeTypeId: type.id, metadata: { [MARK]: MARK } };
  const free = await makeVolume(database, { ...volume, id: ID.volume });
  const held = await makeVolume(database, { ...volume, id: ID.held });
  const tags = [MARK];
  await makeServer(database, { ...own, id: ID.server, host, description: NAME, tags });
  await makeAttachment(database, held, {
    id: ID.attachment,
    serverId: ID.server,
    device: '/dev/vdb',
    tag: MARK,
  });
  await makeSnapshot(database, free, { id: ID.snapshot, name: NAME, metadata: { [MARK]: MARK } });
  const offered = await makeVolume(database, { ...volume, status: 'awaiting-transfer' });
  await orm
    .insert(volumeTransfers)
    .values({ id: ID.transfer, volumeId: offered.id, name: NAME, keyHash: MARK });
  const image = {
    id: ID.image,
    name: NAME,
    owner: projectId,
    status: 'active',
    visibility: 'private',
  } as const;
  await orm.insert(images).values({ ...image, diskFormat: 'raw', containerFormat: 'bare', sizeBytes: 1 });
  const sizes = { vcpus: 7, ramMib: 7, diskGib: 7 };
  await orm.insert(flavors).values({ id: ID.flavor, name: NAME, public: false, ...sizes });
  const failed = {
    outcome: 'failed',
    cause: 'fault',
    reason: NAME,
    phase: null,
    endedAt: new Date(),
  } as const;
  const by = { userId: own.userId, userName: NAME, projectId };
  const about = { serverId: ID.server, serverName: NAME, volumeId: ID.held, volumeName: NAME };
  const operation = { id: ID.operation, requestId: ID.request, action: 'volume.create' };
  await orm.insert(operations).values({ ...operation, ...by, ...about, ...failed });
  const step = { operationId: ID.operation, phase: 'connect', result: 'failed', message: NAME } as const;
  await orm.insert(operationSteps).values(step);
}

/** What stands for a part of a path. */
function partOf(path: string, name: string): string {
  const named: Readonly<Record<string, string>> = {
    serverId: ID.server,
    volumeId: path.includes('os-volume_attachments') ? ID.held : ID.volume,
    id: path.startsWith('/snapshots') ? ID.snapshot : ID.volume,
    attachmentId: ID.attachment,
    snapshotId: ID.snapshot,
    typeId: ID.type,
    imageId: ID.image,
    flavorId: ID.flavor,
    transferId: ID.transfer,
    messageId: ID.operation,
    projectId: cloud.projectId,
    targetProjectId: cloud.projectId,
    requestId: ID.request,
  };
  return named[name] ?? MARK;
}

const SERVICES = [
  { root: '/compute/v2.1', routes: COMPUTE_ROUTES, versions: ['2.1', '2.35', '2.93'] },
  { root: '/volume/v3', routes: VOLUME_ROUTES, versions: ['3.0', '3.71'] },
  { root: '/image/v2', routes: IMAGE_ROUTES, versions: [null] },
];
type Request = [method: string, path: string, version: string | null, body?: unknown];

function addressOf(root: string, { path }: Route): string {
  return `${root}${path.replace(/:([^/]+)/g, (_, name: string) => partOf(path, name))}`;
}

/** Every look at what is there, as it is and through every filter. */
function looks(): Request[] {
  return SERVICES.flatMap(({ root, routes, versions }) =>
    routes
      .filter(({ method }) => method === 'GET')
      .flatMap((route) => {
        const address = addressOf(root, route);
        const plain = versions.map((version): Request => ['GET', address, version]);
        const newest = versions.at(-1) ?? null;
        const narrow = queriesOf(route, newest).map(
          (query): Request => ['GET', `${address}?${query}`, newest],
        );
        return [...plain, ...narrow];
      }),
  );
}

const FILTERS = [
  'marker',
  'name',
  'name~',
  'id',
  'all_tenants',
  'project_id',
  'with_count',
  'volume_id',
  'volume_type_id',
];

function queriesOf({ query }: Route, version: string | null): string[] {
  const schema = query === undefined ? undefined : atVersion(query, Number(version?.split('.')[1] ?? 0));
  if (schema === undefined) return [];
  const known = Object.keys(jsonSchema(schema, 'query', {}).properties ?? {});
  const values = [MARK, NAME, ID.server, ID.volume, ID.held, ID.type, ID.image, cloud.projectId, 'true'];
  const metadata = [`metadata={'${MARK}':'${MARK}'}`, `tags=${MARK}`, `sort=name:asc&limit=1`];
  const each = [...new Set([...known, ...FILTERS])].flatMap((name) =>
    values.map((value) => `${name}=${value}`),
  );
  return [...each, ...metadata];
}

/**
 * Every change of something that is named in the address, and those that name something in what they send. Only an offered
 * volume is there for everybody who knows of it, though nobody gets it without the key.
 */
function changes(): Request[] {
  const byAddress = SERVICES.flatMap(({ root, routes, versions }) =>
    routes
      .filter(({ method, path }) => method !== 'GET' && /Id|:id/.test(path))
      .flatMap((route) => {
        const body = route.action === undefined ? {} : { [route.action]: null };
        return versions.map((version): Request => [route.method, addressOf(root, route), version, body]);
      }),
  );
  const server = { name: 'n', flavorRef: 'tiny', networks: 'none', imageRef: '' };
  const boot = (source_type: string, uuid: string) => ({
    server: {
      ...server,
      block_device_mapping_v2: [
        { boot_index: 0, uuid, source_type, destination_type: 'volume', volume_size: 1 },
      ],
    },
  });
  const volume = (wish: object): Request => [
    'POST',
    '/volume/v3/volumes',
    '3.71',
    { volume: { size: 1, ...wish } },
  ];
  return [
    ...byAddress,
    volume({ snapshot_id: ID.snapshot }),
    volume({ source_volid: ID.volume }),
    volume({ imageRef: ID.image }),
    volume({ volume_type: ID.type }),
    volume({ volume_type: NAME }),
    ['POST', '/volume/v3/snapshots', '3.71', { snapshot: { volume_id: ID.volume } }],
    ['POST', '/volume/v3/attachments', '3.71', { attachment: { volume_uuid: ID.volume } }],
    ['POST', '/volume/v3/volume-transfers', '3.71', { transfer: { volume_id: ID.volume } }],
    ['PUT', `/volume/v3/volumes/${ID.volume}`, '3.71', { volume: { name: 'n' } }],
    ['PUT', `/compute/v2.1/servers/${ID.server}`, '2.93', { server: { name: 'n' } }],
    ['POST', '/compute/v2.1/servers', '2.93', { server: { ...server, imageRef: ID.image } }],
    ['POST', '/compute/v2.1/servers', '2.93', { server: { ...server, flavorRef: ID.flavor } }],
    ['POST', '/compute/v2.1/servers', '2.93', boot('volume', ID.volume)],
    ['POST', '/compute/v2.1/servers', '2.93', boot('snapshot', ID.snapshot)],
    ['POST', '/compute/v2.1/servers', '2.93', boot('image', ID.image)],
    [
      'POST',
      `/compute/v2.1/servers/${alts.server}/os-volume_attachments`,
      '2.93',
      { volumeAttachment: { volumeId: ID.volume } },
    ],
    ['POST', `/volume/v3/volumes/${alts.volume}/action`, '3.71', { 'os-retype': { new_type: NAME } }],
    ['POST', `/volume/v3/volumes/${alts.volume}/action`, '3.71', { revert: { snapshot_id: ID.snapshot } }],
    ['POST', `/compute/v2.1/servers/${alts.server}/action`, '2.93', { resize: { flavorRef: ID.flavor } }],
  ];
}

/** What is of the project that asks. */
const alts = { server: randomUUID(), volume: randomUUID() };

async function answers(requests: readonly Request[]): Promise<string[]> {
  const told: string[] = [];
  for (const [method, path, version, body] of requests) {
    const asking = version === null ? {} : { microversion: version };
    let answer = await cloud.ask('alt', method, path, body, asking);
    // A pattern has little time, and a busy machine may need more of it than another time: that is no difference.
    while (JSON.stringify(answer.body).includes('takes too long')) {
      answer = await cloud.ask('alt', method, path, body, asking);
    }
    const { status, headers, body: said } = answer;
    const shown = [...headers].filter(([name]) => !name.endsWith('request-id'));
    told.push([method, path, version, status, JSON.stringify(shown), JSON.stringify(said)].join(' '));
  }
  return told;
}

describe('another project', () => {
  it('is told the same of what is there as of what is not', async () => {
    const { runtime, altProject, host } = cloud;
    const own = { projectId: altProject.id, name: 'own' };
    await makeServer(runtime.database, { ...own, id: alts.server, host, flavorId: 'tiny' });
    await makeVolume(runtime.database, { ...own, id: alts.volume, pool: 'a@usual#pool' });
    const requests = [...looks(), ...changes()];
    const before = await answers(requests);
    await makeEverything();
    const after = await answers(requests);
    expect(after.filter((each, at) => each !== before[at])).toEqual([]);
    // Most of it was answered, so that there was something to compare.
    expect(before.filter((each) => / 2\d\d \[/.test(each)).length).toBeGreaterThan(100);
  });
});
