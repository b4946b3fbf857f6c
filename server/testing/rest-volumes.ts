/**
 * Volumes and snapshots made through the volume API, for its tests.
 */
import { quotas } from '~/db/schema/identity';
import type { RestCloud, Told } from './rest';
import { eventually } from './test-cloud';

export const VOLUMES = '/volume/v3/volumes';
export const SNAPSHOTS = '/volume/v3/snapshots';
/** An id that nothing has. */
export const NOWHERE = '00000000-0000-4000-8000-000000000404';

/** Lets the project have as many volumes as its tests make. */
export async function raiseQuota({ runtime, projectId }: RestCloud): Promise<void> {
  const limits = ['volumes', 'snapshots'].map((resource) => ({
    projectId,
    service: 'volume' as const,
    resource,
    limit: 1000,
  }));
  await runtime.database.orm.insert(quotas).values(limits);
}

/** A member asks for one. */
export function createVolume(cloud: RestCloud, wish: object, microversion = '3.0'): Promise<Told> {
  return cloud.ask('member', 'POST', VOLUMES, { volume: wish }, { microversion });
}

/** Waits until something has a status; `gone` when it is not there any more. */
export async function untilStatus(
  cloud: RestCloud,
  kind: 'volume' | 'snapshot',
  id: string,
  wanted: string,
): Promise<void> {
  await eventually(async () => {
    const { status, textAt } = await cloud.ask('member', 'GET', `/volume/v3/${kind}s/${id}`);
    return (status === 404 ? 'gone' : textAt(kind, 'status')) === wanted ? true : undefined;
  }, `${kind} ${id} to be ${wanted}`);
}

/** @returns the id of a volume that is available, of 1 GiB and called data unless told */
export async function availableVolume(cloud: RestCloud, wish: object = {}): Promise<string> {
  const told = await createVolume(cloud, { size: 1, name: 'data', ...wish });
  const id = told.textAt('volume', 'id');
  await untilStatus(cloud, 'volume', id, 'available');
  return id;
}

/** @returns the id of an available snapshot */
export async function availableSnapshot(
  cloud: RestCloud,
  volumeId: string,
  wish: object = {},
): Promise<string> {
  const told = await cloud.ask('member', 'POST', SNAPSHOTS, { snapshot: { volume_id: volumeId, ...wish } });
  const id = told.textAt('snapshot', 'id');
  await untilStatus(cloud, 'snapshot', id, 'available');
  return id;
}
