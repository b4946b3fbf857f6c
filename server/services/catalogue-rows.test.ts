/**
 * What there is to choose from, and for whom: volume types, images, flavors.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeServer, makeSnapshot, makeVolume, makeVolumeType } from '~/db/factories';
import { flavors, images } from '~/db/schema/compute';
import { namesOf, newName } from '~/server/testing/named-rows';
import { openTwoProjects } from '~/server/testing/two-projects';
import { getFlavor, listFlavors } from './flavor-rows';
import { getImage, listImages } from './image-rows';
import { volumeFacets } from './volume-rows';
import { getVolumeType, listVolumeTypes } from './volume-type-rows';

const here = openTwoProjects();

describe('volume types', () => {
  it('are for a project when they are public or given to it', async () => {
    const { database } = here.cloud.runtime;
    const search = newName('tier');
    const open = await makeVolumeType(database, { name: `${search}-open` });
    const given = await makeVolumeType(database, { name: `${search}-given`, public: false }, [here.project]);
    const secret = await makeVolumeType(database, { name: `${search}-secret`, public: false }, [here.other]);
    expect(await namesOf(listVolumeTypes(here.member, { search }))).toEqual([given.name, open.name]);
    expect(await namesOf(listVolumeTypes(here.admin, { search }))).toEqual([
      given.name,
      open.name,
      secret.name,
    ]);
    expect((await volumeFacets(here.member, false)).types).toContain(given.name);
    expect((await volumeFacets(here.member, false)).types).not.toContain(secret.name);
    await expect(getVolumeType(here.member, secret.id)).rejects.toThrow(
      `Volume type ${secret.id} could not be found.`,
    );
    expect((await getVolumeType(here.member, given.id)).access).toBeNull();
    expect((await getVolumeType(here.admin, given.id)).access).toEqual([
      { id: here.project.id, name: here.project.name },
    ]);
  });

  it('tell members no more of a backend than upstream does', async () => {
    const extraSpecs = {
      multiattach: '<is> True',
      'RESKEY:availability_zones': 'nova',
      replication_enabled: '<is> False',
      volume_backend_name: 'rack-7',
    };
    const { id } = await makeVolumeType(here.cloud.runtime.database, { extraSpecs });
    const { volume_backend_name: _hidden, ...readable } = extraSpecs;
    expect((await getVolumeType(here.member, id)).extraSpecs).toEqual(readable);
    expect((await getVolumeType(here.admin, id)).extraSpecs).toEqual(extraSpecs);
  });

  it.each([
    ['<is> True', true],
    ['<is> true', false],
    ['True', false],
    [undefined, false],
  ])('are multiattach with the extra spec %s: %s', async (spec, expected) => {
    const extraSpecs: Record<string, string> = spec === undefined ? {} : { multiattach: spec };
    const { id } = await makeVolumeType(here.cloud.runtime.database, { extraSpecs });
    expect((await getVolumeType(here.member, id)).multiattach).toBe(expected);
  });

  it('count the volumes that the reader may see', async () => {
    const { database } = here.cloud.runtime;
    const { id: volumeTypeId, name } = await makeVolumeType(database);
    const mine = await makeVolume(database, { projectId: here.project.id, volumeTypeId, sizeGib: 5 });
    await makeSnapshot(database, mine);
    await makeVolume(database, { projectId: here.other.id, volumeTypeId, sizeGib: 3 });
    const deleted = { status: 'deleted' as const, deletedAt: new Date() };
    await makeVolume(database, { projectId: here.project.id, volumeTypeId, ...deleted });
    expect(await getVolumeType(here.member, volumeTypeId)).toMatchObject({
      volumes: 1,
      snapshots: 1,
      gigabytes: 10,
    });
    expect(await getVolumeType(here.admin, volumeTypeId)).toMatchObject({
      volumes: 2,
      snapshots: 1,
      gigabytes: 13,
    });
    expect((await listVolumeTypes(here.member, { search: name })).rows[0]?.volumes).toBe(1);
  });
});

describe('images', () => {
  const at = { createdAt: new Date(), updatedAt: new Date() };

  function makeImage(name: string, owner: string, visibility: 'public' | 'private' | 'shared' | 'community') {
    const row = { id: randomUUID(), name, owner, visibility, status: 'active', sizeBytes: 5e12, ...at };
    return here.cloud.runtime.database.orm
      .insert(images)
      .values(row)
      .then(() => row.id);
  }

  it('are for a project when they are public or its own', async () => {
    const search = newName('image');
    await makeImage(`${search}-a-public`, here.other.id, 'public');
    await makeImage(`${search}-b-own`, here.project.id, 'private');
    const secret = await makeImage(`${search}-c-private`, here.other.id, 'private');
    const shared = await makeImage(`${search}-d-shared`, here.other.id, 'shared');
    const community = await makeImage(`${search}-e-community`, here.other.id, 'community');
    expect(await namesOf(listImages(here.member, { search }))).toEqual([
      `${search}-a-public`,
      `${search}-b-own`,
    ]);
    expect(await namesOf(listImages(here.admin, { search }))).toHaveLength(5);
    for (const id of [secret, shared, randomUUID()]) {
      await expect(getImage(here.member, id)).rejects.toThrow(`Image ${id} could not be found.`);
    }
    // Who knows a community image by its id may use it.
    expect((await getImage(here.member, community)).owner).toEqual({
      id: here.other.id,
      name: here.other.name,
    });
    expect((await getImage(here.admin, secret)).sizeBytes).toBe(5e12);
  });

  it('without a name or a known owner still have something to be called by', async () => {
    const id = await makeImage('', 'elsewhere', 'public');
    expect(await getImage(here.member, id)).toMatchObject({
      name: id,
      owner: { id: 'elsewhere', name: 'elsewhere' },
      properties: {},
    });
  });
});

describe('flavors', () => {
  const sizes = { vcpus: 2, ramMib: 4096, diskGib: 20 };

  it('are offered when they are public and not disabled, smallest first', async () => {
    const { database } = here.cloud.runtime;
    const search = newName('flavor');
    await database.orm.insert(flavors).values([
      { id: `${search}-1`, name: 'large', ...sizes, ramMib: 8192 },
      { id: `${search}-2`, name: 'small', ...sizes },
      { id: `${search}-3`, name: 'private', ...sizes, public: false },
      { id: `${search}-4`, name: 'disabled', ...sizes, disabled: true },
    ]);
    expect(await namesOf(listFlavors(here.member, { search }))).toEqual(['small', 'large']);
    expect(await namesOf(listFlavors(here.admin, { search }))).toEqual([
      'disabled',
      'private',
      'small',
      'large',
    ]);
    expect((await getFlavor(here.member, `${search}-4`)).disabled).toBe(true);
    await expect(getFlavor(here.member, `${search}-3`)).rejects.toThrow('could not be found');
    expect((await getFlavor(here.admin, `${search}-3`)).public).toBe(false);
  });

  it('count the servers that the reader may see', async () => {
    const { database } = here.cloud.runtime;
    const flavorId = newName('flavor');
    await database.orm.insert(flavors).values({ id: flavorId, name: flavorId, ...sizes });
    await makeServer(database, { projectId: here.project.id, host: null, flavorId });
    await makeServer(database, { projectId: here.other.id, host: null, flavorId });
    expect((await getFlavor(here.member, flavorId)).servers).toBe(1);
    expect((await getFlavor(here.admin, flavorId)).servers).toBe(2);
  });
});

it('a search is text and no pattern', async () => {
  const { database } = here.cloud.runtime;
  const search = newName('100%');
  await makeVolumeType(database, { name: search });
  await makeVolumeType(database, { name: search.replace('%', 'x') });
  expect(await namesOf(listVolumeTypes(here.member, { search }))).toEqual([search]);
});
