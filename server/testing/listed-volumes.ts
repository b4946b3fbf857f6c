/**
 * Five volumes that differ in what lists go by: what tests of those lists begin with.
 */
import { afterAll, beforeAll } from 'vitest';
import { makeVolume, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type Person, type RestCloud } from './rest';
import { NOWHERE, VOLUMES } from './rest-volumes';

interface Listed {
  volumes: { id: string; name: string }[];
  volumes_links?: { rel: string; href: string }[];
  count?: number;
}

/** For one test file. */
export function openListedVolumes() {
  let cloud: RestCloud;
  /** The first is the oldest; the last is another project's. */
  let volumes: Record<'first' | 'second' | 'third' | 'hidden' | 'foreign', VolumeRecord>;
  beforeAll(async () => {
    cloud = await openRestCloud({ idle: true });
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 7, minute));
    // Neither is left to the clock of the machine.
    const since = (minute: number) => ({ createdAt: at(minute), updatedAt: at(minute) });
    const pool = 'a@usual#pool';
    const first = {
      name: 'b',
      metadata: { tier: 'gold', 'in use': "it's" },
      ...since(0),
      pool,
    };
    const second = {
      name: 'c',
      bootable: true,
      sizeGib: 2,
      ...since(1),
      imageMetadata: { os: 'linux' },
    };
    const third = {
      name: 'a',
      status: 'error',
      readonlyTold: true,
      ...since(2),
      pool: 'b@other#x',
    } as const;
    const hidden = { name: 'h', migrationStatus: `target:${NOWHERE}`, ...since(3) } as const;
    const elsewhere = {
      name: 'f',
      projectId: cloud.altProject.id,
      ...since(4),
      metadata: { tier: 'lead' },
    };
    volumes = {
      first: await cloud.newVolume(first),
      second: await cloud.newVolume(second),
      third: await cloud.newVolume(third),
      hidden: await cloud.newVolume(hidden),
      foreign: await makeVolume(cloud.runtime.database, elsewhere),
    };
  });
  afterAll(() => cloud.close());

  /** @returns what a list tells, with the names in it as one word */
  async function list(query: string, microversion = '3.71', person: Person = 'member') {
    const told = await cloud.ask(person, 'GET', `${VOLUMES}${query}`, undefined, { microversion });
    const body = told.body as Listed;
    return { status: told.status, body, names: body.volumes?.map(({ name }) => name).join('') };
  }

  return {
    get cloud() {
      return cloud;
    },
    get volumes() {
      return volumes;
    },
    list,
  };
}
