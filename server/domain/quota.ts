/**
 * What a project may have: the resources that are counted, under upstream's names, and how many of each by default.
 */

/** Who counts a resource: limits of the same name in two services would be two limits. */
export const QUOTA_SERVICES = ['compute', 'volume'] as const;
export type QuotaService = (typeof QUOTA_SERVICES)[number];

/** No limit at all. */
export const UNLIMITED = -1;

/**
 * Limits of a project that has none of its own, as long as nobody has changed the defaults; `gigabytes` in GiB, `ram` in
 * MiB. Sources: cinder `quota.py` options `quota_*`, nova `conf/quota.py`.
 */
export const DEFAULT_QUOTA = {
  volume: {
    volumes: 10,
    snapshots: 10,
    gigabytes: 1000,
    per_volume_gigabytes: UNLIMITED,
    backups: 10,
    backup_gigabytes: 1000,
    groups: 10,
  },
  compute: { instances: 10, cores: 20, ram: 51_200 },
} as const satisfies Record<QuotaService, Record<string, number>>;

/** @returns the service that counts a resource; those per volume type are storage's */
export function serviceOfResource(resource: string): QuotaService {
  return resource in DEFAULT_QUOTA.compute ? 'compute' : 'volume';
}

/** Resources that are counted once more for every volume type, as `<resource>_<type name>`; unlimited by default. */
export const QUOTA_RESOURCES_PER_TYPE = ['volumes', 'snapshots', 'gigabytes'] as const;
export type QuotaResourcePerType = (typeof QUOTA_RESOURCES_PER_TYPE)[number];

/** @returns upstream's name of a resource within one volume type, e.g. `gigabytes_ssd` */
export function quotaOfType(resource: QuotaResourcePerType, typeName: string): string {
  return `${resource}_${typeName}`;
}
