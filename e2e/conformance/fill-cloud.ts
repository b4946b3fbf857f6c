/** What must be in a cloud before the public APIs can make the rest: where servers run, where volumes lie, an image. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '~/db/client';
import { hosts, images, services } from '~/db/schema/compute';
import { projects, quotas } from '~/db/schema/identity';
import { pools, volumeTypes } from '~/db/schema/volume';
import { DEFAULT_QUOTA, QUOTA_SERVICES, UNLIMITED } from '~/server/domain/quota';

/** Named as in the recorded cloud: tests ask for these names. */
const BACKENDS = ['oracle1', 'oracle2'];
const HOSTS = ['oracle', 'oracle-2'];

/** The type of volumes for which none is asked: the server makes it at its start, with a description. */
export const DEFAULT_TYPE = 'plain';

/** Compute hosts that can do everything, two backends with one pool each, and the public image `tiny`. */
export async function fillCloud({ orm }: Database): Promise<void> {
  const zone = 'nova';
  await orm.insert(hosts).values(HOSTS.map((name) => ({ name, hypervisorType: 'QEMU', zone })));
  await orm
    .insert(services)
    .values([
      { binary: 'nova-scheduler', host: 'oracle', zone: 'internal' },
      { binary: 'nova-conductor', host: 'oracle', zone: 'internal' },
      { binary: 'cinder-scheduler', host: 'oracle', zone },
      ...HOSTS.map((host) => ({ binary: 'nova-compute', host, zone })),
      ...BACKENDS.map((name) => ({ binary: 'cinder-volume', host: `oracle@${name}`, zone })),
    ]);
  await orm.insert(pools).values(
    BACKENDS.map((name, index) => ({
      name: `oracle@${name}#${name}`,
      totalGib: 1_000_000,
      // The roomier one is preferred: a type that names no backend gets the first.
      freeGib: 1_000_000 - index * 500_000,
      capabilities: {
        pool_name: name,
        volume_backend_name: name,
        storage_protocol: 'iSCSI',
        vendor_name: 'Open Source',
        driver_version: '1.0',
        multiattach: true,
        thin_provisioning_support: true,
        online_extend_support: true,
      },
    })),
  );
  await orm.update(volumeTypes).set({ description: null }).where(eq(volumeTypes.name, DEFAULT_TYPE));
  await orm.insert(images).values({
    id: randomUUID(),
    name: 'tiny',
    status: 'active',
    visibility: 'public',
    diskFormat: 'raw',
    containerFormat: 'bare',
    sizeBytes: 65_536,
    properties: { checksum: 'fcd6bcb56c1689fcef28b57c22475bad' },
  });
}

/** Takes all limits away, from every project that there is. */
export async function liftQuotas({ orm }: Database): Promise<void> {
  const all = await orm.select({ projectId: projects.id }).from(projects);
  const limits = QUOTA_SERVICES.flatMap((service) =>
    Object.keys(DEFAULT_QUOTA[service]).map((resource) => ({ service, resource, limit: UNLIMITED })),
  );
  await orm
    .insert(quotas)
    .values(all.flatMap(({ projectId }) => limits.map((limit) => ({ projectId, ...limit }))))
    .onConflictDoNothing();
}
