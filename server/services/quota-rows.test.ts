/**
 * Quotas: limits of the project or the default ones, and beside them what is there, counted.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeServer, makeSnapshot, makeVolume, makeVolumeType } from '~/db/factories';
import { quotas } from '~/db/schema/identity';
import { operations } from '~/db/schema/operation';
import { quotaReservations } from '~/db/schema/quota';
import { as } from '~/server/testing/test-cloud';
import { openTwoProjects } from '~/server/testing/two-projects';
import type { Context } from './context';
import { currentQuota, getQuota, listQuotas } from './quota-rows';

const here = openTwoProjects();

/** An administrator who works in another project. */
function stranger(): Context {
  return as('admin', here.other, here.cloud.runtime);
}

/** What the quota says of one resource. */
async function said(resource: string, quota = currentQuota(here.member)) {
  const entry = (await quota).resources.find((each) => each.resource === resource);
  if (entry === undefined) return null;
  const { limit, inUse, reserved } = entry;
  return { limit, inUse, reserved };
}

/** An operation under way that holds this much of a project's quota. */
async function reserve(projectId: string, resource: string, delta: number): Promise<void> {
  const { orm } = here.cloud.runtime.database;
  const operationId = randomUUID();
  await orm.insert(operations).values({
    id: operationId,
    requestId: 'req-1',
    action: 'volume.extend',
    userId: 'u',
    userName: 'Sam',
    projectId,
    phase: 'act',
    outcome: 'running',
  });
  await orm.insert(quotaReservations).values({ operationId, projectId, resource, delta });
}

it('a project without limits of its own has upstream’s', async () => {
  const { project: named, resources } = await currentQuota(here.member);
  expect(named).toEqual({ id: here.project.id, name: here.project.name });
  const limits = resources.flatMap((each) => (each.volumeType === null ? [[each.resource, each.limit]] : []));
  expect(Object.fromEntries(limits)).toEqual({
    volumes: 10,
    snapshots: 10,
    gigabytes: 1000,
    per_volume_gigabytes: -1,
    backups: 10,
    backup_gigabytes: 1000,
    groups: 10,
    instances: 10,
    cores: 20,
    ram: 51_200,
  });
});

it('a limit of the project’s own is told beside the default', async () => {
  await here.cloud.runtime.database.orm
    .insert(quotas)
    .values({ projectId: here.project.id, service: 'volume', resource: 'volumes', limit: 3 });
  const entry = (await currentQuota(here.member)).resources.find((each) => each.resource === 'volumes');
  expect(entry).toMatchObject({ limit: 3, default: 10, service: 'volume' });
});

describe('in use', () => {
  it('is what is there: volumes, and snapshots, which take gigabytes too', async () => {
    const { database } = here.cloud.runtime;
    const volume = await makeVolume(database, { projectId: here.project.id, sizeGib: 5 });
    await makeVolume(database, { projectId: here.project.id, sizeGib: 2 });
    await makeSnapshot(database, volume);
    expect(await said('volumes')).toEqual({ limit: 10, inUse: 2, reserved: 0 });
    expect(await said('snapshots')).toEqual({ limit: 10, inUse: 1, reserved: 0 });
    expect(await said('gigabytes')).toEqual({ limit: 1000, inUse: 12, reserved: 0 });
  });

  it('leaves out what is deleted, what takes none, and what others have', async () => {
    const { database } = here.cloud.runtime;
    const deleted = { status: 'deleted' as const, deletedAt: new Date() };
    await makeVolume(database, { projectId: here.project.id, ...deleted });
    await makeVolume(database, { projectId: here.project.id, consumesQuota: false });
    const theirs = await makeVolume(database, { projectId: here.other.id });
    await makeSnapshot(database, theirs, deleted);
    await makeSnapshot(database, theirs, { consumesQuota: false });
    for (const resource of ['volumes', 'snapshots', 'gigabytes']) {
      expect(await said(resource)).toMatchObject({ inUse: 0 });
    }
    expect(await said('snapshots', getQuota(stranger(), here.other.id))).toMatchObject({ inUse: 0 });
  });

  it('counts a snapshot for its own project, in the type of its volume', async () => {
    const { database } = here.cloud.runtime;
    const type = await makeVolumeType(database);
    const volume = await makeVolume(database, {
      projectId: here.other.id,
      volumeTypeId: type.id,
      sizeGib: 4,
    });
    await makeSnapshot(database, volume, { projectId: here.project.id });
    expect(await said(`volumes_${type.name}`)).toEqual({ limit: -1, inUse: 0, reserved: 0 });
    expect(await said(`snapshots_${type.name}`)).toEqual({ limit: -1, inUse: 1, reserved: 0 });
    expect(await said(`gigabytes_${type.name}`)).toEqual({ limit: -1, inUse: 4, reserved: 0 });
  });

  it('counts servers by the flavor they have, and not those that are soft-deleted', async () => {
    const { database } = here.cloud.runtime;
    const flavor = {
      name: 'm1.large',
      vcpus: 4,
      ramMib: 8192,
      diskGib: 40,
      ephemeralGib: 0,
      swapMib: 0,
      extraSpecs: {},
    };
    await makeServer(database, { projectId: here.project.id, host: null, flavor });
    await makeServer(database, { projectId: here.project.id, host: null, vmState: 'stopped', flavor });
    await makeServer(database, { projectId: here.project.id, host: null, vmState: 'soft-delete', flavor });
    expect(await said('instances')).toMatchObject({ inUse: 2 });
    expect(await said('cores')).toMatchObject({ inUse: 8 });
    expect(await said('ram')).toMatchObject({ inUse: 16_384 });
  });
});

it('reserved is what open operations will take; what they will give back is not counted on', async () => {
  await reserve(here.project.id, 'gigabytes', 30);
  await reserve(here.project.id, 'gigabytes', 12);
  await reserve(here.project.id, 'gigabytes', -40);
  await reserve(here.other.id, 'gigabytes', 7);
  expect(await said('gigabytes')).toEqual({ limit: 1000, inUse: 0, reserved: 42 });
});

describe('of volume types', () => {
  it('a project is told those it may use, and those it has used', async () => {
    const { database } = here.cloud.runtime;
    const given = await makeVolumeType(database, { public: false }, [here.project]);
    const withdrawn = await makeVolumeType(database, { public: false });
    const secret = await makeVolumeType(database, { public: false }, [here.other]);
    await makeVolume(database, { projectId: here.project.id, volumeTypeId: withdrawn.id });
    expect(await said(`volumes_${given.name}`)).toEqual({ limit: -1, inUse: 0, reserved: 0 });
    expect(await said(`volumes_${withdrawn.name}`)).toEqual({ limit: -1, inUse: 1, reserved: 0 });
    expect(await said(`volumes_${secret.name}`)).toBeNull();
    expect(await said(`volumes_${secret.name}`, getQuota(stranger(), here.other.id))).not.toBeNull();
  });

  it('a list of projects tells only what is limited or used', async () => {
    const { database } = here.cloud.runtime;
    const [used, unused] = [await makeVolumeType(database), await makeVolumeType(database)];
    await makeVolume(database, { projectId: here.project.id, volumeTypeId: used.id });
    const { rows } = await listQuotas(stranger(), { search: here.project.id });
    expect(rows.map((row) => row.id)).toEqual([here.project.id]);
    const resources = rows.flatMap((row) => row.resources.map((each) => each.resource));
    expect(resources).toContain(`volumes_${used.name}`);
    expect(resources).toContain('volumes');
    expect(resources).not.toContain(`snapshots_${used.name}`);
    expect(resources).not.toContain(`volumes_${unused.name}`);
  });
});

describe('another project’s quota', () => {
  it('is not there for a member', async () => {
    const message = `Project ${here.other.id} could not be found.`;
    await expect(getQuota(here.member, here.other.id)).rejects.toThrow(message);
    await expect(listQuotas(here.member, {})).rejects.toThrow(
      'Policy identity:list_projects asks for the role admin',
    );
  });

  it('is for an administrator, who learns of a project that is not there too', async () => {
    expect((await getQuota(stranger(), here.project.id)).project.name).toBe(here.project.name);
    await expect(getQuota(stranger(), 'nowhere')).rejects.toThrow('Project nowhere could not be found.');
    const ids = (await listQuotas(stranger(), {})).rows.map((row) => row.id);
    expect(ids).toEqual(expect.arrayContaining([here.project.id, here.other.id]));
  });
});
