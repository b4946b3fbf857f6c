/**
 * The same call on a volume in every status, for tests of what each of them answers.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { type AttachmentRecord, makeAttachment, type VolumeRecord } from '~/db/factories';
import { openRestCloud, type RestCloud } from './rest';
import { POOL } from './rest-volume-actions';
import { eventually } from './test-cloud';

export const STATUSES = [
  ...['available', 'in-use', 'reserved', 'attaching', 'detaching', 'creating', 'downloading', 'uploading'],
  ...['error', 'error_deleting', 'error_extending', 'error_restoring', 'error_managing', 'error_backing-up'],
  ...['extending', 'retyping', 'maintenance', 'awaiting-transfer', 'backing-up', 'restoring-backup'],
  ...['reverting', 'deleting', 'managing'],
] as const satisfies readonly VolumeRecord['status'][];

const INSTANCE = randomUUID();

/** A code, and the status afterwards where that is another one. */
export type Expected = readonly [number, string?];
export type Table = Partial<Record<(typeof STATUSES)[number], Expected>> & { others: Expected };

/** @returns part of a table: the same in all these statuses */
export const every = (statuses: readonly string[], expected: Expected): Partial<Table> =>
  Object.fromEntries(statuses.map((status) => [status, expected]));

/** @returns the whole of a table */
export function wanted(table: Table): Record<string, Expected> {
  return Object.fromEntries(
    STATUSES.map((status) => {
      const [code, after = status] = table[status] ?? table.others;
      return [status, [code, after]];
    }),
  );
}

/** For one test file. */
export function openStatuses() {
  let cloud: RestCloud;

  beforeAll(async () => {
    cloud = await openRestCloud();
  });

  afterAll(() => cloud.close());

  /** As it was forced; `in-use` has one completed attachment, of an instance that nobody here knows. */
  async function volumeThatIs(status: string, given: Partial<VolumeRecord> = {}): Promise<VolumeRecord> {
    const volume = await cloud.newVolume({ pool: POOL, imageMetadata: { k: 'v' }, ...given });
    if (status === 'in-use') await held(volume, 'attached');
    await force(volume, status);
    return volume;
  }

  /** Of an instance that nobody here knows. */
  async function held(
    volume: VolumeRecord,
    attachStatus: 'reserved' | 'attaching' | 'attached',
  ): Promise<AttachmentRecord> {
    const side = { serverId: null, instanceId: INSTANCE, attachStatus };
    return makeAttachment(cloud.runtime.database, volume, side);
  }

  async function force({ id }: VolumeRecord, status: string): Promise<void> {
    await cloud.runtime.database.sql`update volumes set status = ${status} where id = ${id}`;
  }

  /** The status when nobody is at work on it any more. */
  async function statusOf({ id }: VolumeRecord): Promise<string> {
    const { sql } = cloud.runtime.database;
    const row = await eventually(async () => {
      const [found] = await sql<{ status: string; gone: boolean; working: boolean }[]>`
      select status, deleted_at is not null as gone,
        exists (select from operations where volume_id = v.id and outcome = 'running') as working
      from volumes v where id = ${id}`;
      return found?.working === false ? found : undefined;
    }, `the end of what goes on with volume ${id}`);
    return row.gone ? 'gone' : row.status;
  }

  /** @returns what is said in each status, and what the volume then is */
  async function inEveryStatus(
    act: (status: string) => Promise<{ code: number; volume: VolumeRecord }>,
  ): Promise<Record<string, Expected>> {
    const found = await Promise.all(
      STATUSES.map(async (status) => {
        const { code, volume } = await act(status);
        const said: Expected = [code, await statusOf(volume)];
        return [status, said] as const;
      }),
    );
    return Object.fromEntries(found);
  }

  return {
    get cloud() {
      return cloud;
    },
    force,
    held,
    inEveryStatus,
    volumeThatIs,
  };
}
