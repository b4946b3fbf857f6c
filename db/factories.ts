/**
 * Builders of single things in a test's own database. Each gives a sound row; a test names only what its story is about.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { impliedVolumeState } from '~/server/domain/attachment';
import { serverStatus } from '~/server/domain/server';
import type { Database } from './client';
import { attachments } from './schema/attachment';
import { hosts, servers } from './schema/compute';
import { projects } from './schema/identity';
import { snapshots, volumes, volumeTypeAccess, volumeTypes } from './schema/volume';

export type ProjectRecord = typeof projects.$inferSelect;
export type HostRecord = typeof hosts.$inferSelect;
export type ServerRecord = typeof servers.$inferSelect;
export type VolumeRecord = typeof volumes.$inferSelect;
export type AttachmentRecord = typeof attachments.$inferSelect;
export type SnapshotRecord = typeof snapshots.$inferSelect;
export type VolumeTypeRecord = typeof volumeTypes.$inferSelect;

/** What a builder is told: the table's own columns. */
type Given<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>;

const FLAVOR = {
  name: 'm1.tiny',
  vcpus: 1,
  ramMib: 512,
  diskGib: 1,
  ephemeralGib: 0,
  swapMib: 0,
  extraSpecs: {},
};

let made = 0;

/** @returns `prefix-<n>`, another one each time */
function nameOf(prefix: string): string {
  made += 1;
  return `${prefix}-${made}`;
}

function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the database gave nothing back');
  return row;
}

export async function makeProject(
  { orm }: Database,
  given: Given<typeof projects> = {},
): Promise<ProjectRecord> {
  const values = { id: randomBytes(16).toString('hex'), name: nameOf('project'), ...given };
  return first(await orm.insert(projects).values(values).returning());
}

/** A host that is up and can do everything. */
export async function makeHost({ orm }: Database, given: Given<typeof hosts> = {}): Promise<HostRecord> {
  const values = { name: nameOf('cmp'), hypervisorType: 'QEMU', ...given };
  return first(await orm.insert(hosts).values(values).returning());
}

/** An ACTIVE server that has run, with an image as its root; its status is derived. */
export async function makeServer(
  { orm }: Database,
  given: Given<typeof servers> & { projectId: string; host: string | null },
): Promise<ServerRecord> {
  const vmState = given.vmState ?? 'active';
  const values = {
    id: randomUUID(),
    userId: 'user-1',
    name: nameOf('web'),
    vmState,
    status: serverStatus(vmState, given.taskState ?? null),
    flavor: FLAVOR,
    rootDeviceName: '/dev/vda',
    launchedAt: new Date(),
    ...given,
  };
  return first(await orm.insert(servers).values(values).returning());
}

/** An available volume of 1 GiB, of a type that is made when the database has none. */
export async function makeVolume(
  database: Database,
  given: Given<typeof volumes> & { projectId: string },
): Promise<VolumeRecord> {
  const values = {
    id: randomUUID(),
    userId: 'user-1',
    name: nameOf('data'),
    sizeGib: 1,
    status: 'available' as const,
    volumeTypeId: given.volumeTypeId ?? (await plainTypeId(database)),
    ...given,
  };
  return first(await database.orm.insert(volumes).values(values).returning());
}

async function plainTypeId({ orm }: Database): Promise<string> {
  const name = 'plain';
  await orm.insert(volumeTypes).values({ id: randomUUID(), name }).onConflictDoNothing();
  return first(await orm.select().from(volumeTypes).where(eq(volumeTypes.name, name))).id;
}

/**
 * A complete attachment, both sides, with the states of its volume as the attachment implies them.
 * @param given `serverId` null: a reservation of the storage side alone
 */
export async function makeAttachment(
  { orm }: Database,
  volume: VolumeRecord,
  given: Given<typeof attachments> & { serverId: string | null },
): Promise<AttachmentRecord> {
  const attachStatus = given.attachStatus ?? (given.serverId === null ? 'reserved' : 'attached');
  const values = {
    id: randomUUID(),
    volumeId: volume.id,
    multiattach: volume.multiattach,
    attachStatus,
    instanceId: given.serverId,
    bdmId: given.serverId === null ? null : randomUUID(),
    mode: 'rw' as const,
    attachedAt: attachStatus === 'attached' ? new Date() : null,
    ...given,
  };
  const attachment = first(await orm.insert(attachments).values(values).returning());
  await orm
    .update(volumes)
    .set(impliedVolumeState([attachment.attachStatus]))
    .where(eq(volumes.id, volume.id));
  return attachment;
}

/** An available snapshot of a volume, as large as it and of its project. */
export async function makeSnapshot(
  { orm }: Database,
  volume: VolumeRecord,
  given: Given<typeof snapshots> = {},
): Promise<SnapshotRecord> {
  const values = {
    id: randomUUID(),
    volumeId: volume.id,
    projectId: volume.projectId,
    name: nameOf('snapshot'),
    sizeGib: volume.sizeGib,
    status: 'available' as const,
    progress: 100,
    ...given,
  };
  return first(await orm.insert(snapshots).values(values).returning());
}

/**
 * A public volume type.
 * @param mayUse projects that may use one which is not public
 */
export async function makeVolumeType(
  { orm }: Database,
  given: Given<typeof volumeTypes> = {},
  mayUse: readonly ProjectRecord[] = [],
): Promise<VolumeTypeRecord> {
  const values = { id: randomUUID(), name: nameOf('type'), ...given };
  const type = first(await orm.insert(volumeTypes).values(values).returning());
  const access = mayUse.map((project) => ({ volumeTypeId: type.id, projectId: project.id }));
  if (access.length > 0) await orm.insert(volumeTypeAccess).values(access);
  return type;
}
