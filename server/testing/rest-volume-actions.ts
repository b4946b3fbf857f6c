/**
 * Actions on a volume over the volume API: what their tests send again and again.
 */
import { afterAll, beforeAll } from 'vitest';
import type { VolumeRecord } from '~/db/factories';
import { type Asking, openRestCloud, type Person, type RestCloud, type Told } from './rest';
import { eventually } from './test-cloud';

/** Where the volumes are: one of the pools that every test cloud has. */
export const POOL = 'a@usual#pool';

/** A host that this cloud does not know. */
export const CONNECTOR = { host: 'tempest-1', initiator: 'iqn.1993-08.org.debian:01:cad181614cec' };

const NEWEST = { microversion: '3.71' };

/** For one test file. */
export function openActionApi() {
  let cloud: RestCloud;

  beforeAll(async () => {
    cloud = await openRestCloud();
  });

  afterAll(() => cloud.close());

  const newVolume = (given: Partial<VolumeRecord> = {}) => cloud.newVolume({ pool: POOL, ...given });

  /** In the newest version, unless another one is asked in. */
  function act(
    { id }: { id: string },
    body: unknown,
    person: Person = 'member',
    asking: Asking = {},
  ): Promise<Told> {
    return cloud.ask(person, 'POST', `/volume/v3/volumes/${id}/action`, body, { ...NEWEST, ...asking });
  }

  /** The volume as an administrator sees it; undefined when it is gone. */
  async function shown({ id }: { id: string }) {
    const { body } = await cloud.ask('admin', 'GET', `/volume/v3/volumes/${id}`, undefined, NEWEST);
    return (body as { volume: Record<string, unknown> }).volume;
  }

  /** Waits until the volume shows all that. */
  function until(volume: { id: string }, wanted: Record<string, unknown>) {
    return eventually(
      async () => {
        const now = await shown(volume);
        return Object.entries(wanted).every(([key, value]) => now?.[key] === value) ? now : undefined;
      },
      `volume to be ${JSON.stringify(wanted)}`,
    );
  }

  return {
    get cloud() {
      return cloud;
    },
    newVolume,
    act,
    shown,
    until,
  };
}
