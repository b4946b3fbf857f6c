import { QUOTA_RESOURCES_PER_TYPE } from '~/server/domain/quota';

const WORDS: Record<string, string> = {
  volumes: 'Volumes',
  gigabytes: 'Size of both',
  snapshots: 'Snapshots',
  per_volume_gigabytes: 'Size of one volume',
  backups: 'Backups',
  backup_gigabytes: 'Size of backups',
  groups: 'Groups',
  instances: 'Servers',
  cores: 'vCPUs',
  ram: 'Memory',
};

/** @returns what a resource is called; its name in the API for one that is not known here */
export function resourceLabel(resource: string): string {
  return WORDS[resource] ?? resource;
}

const MIB_PER_GIB = 1024;

/** @returns an amount of a resource, with the unit that it is counted in */
export function amountText(resource: string, amount: number): string {
  if (resource === 'ram') {
    return `${(amount / MIB_PER_GIB).toLocaleString(undefined, { maximumFractionDigits: 1 })} GiB`;
  }
  const count = amount.toLocaleString();
  return /^(per_volume_|backup_)?gigabytes/.test(resource) ? `${count} GiB` : count;
}

/** In the order in which they are shown of each volume type. */
export const PER_TYPE = QUOTA_RESOURCES_PER_TYPE.map((resource) => ({
  resource,
  label: resource === 'gigabytes' ? 'Size' : resourceLabel(resource),
}));
