/**
 * Names of what this API has besides its core, for clients that look before they ask.
 * Source: cinder/api/extensions.py
 */
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';

/** When the answer to this question last changed. */
const UPDATED = '2026-11-21T00:00:00+00:00';

const ABOUT = {
  'os-admin-actions': ['AdminActions', 'Actions that only administrators may take.'],
  'os-availability-zone': ['AvailabilityZones', 'Where volumes can be made.'],
  'os-extended-snapshot-attributes': ['ExtendedSnapshotAttributes', 'Project and progress of snapshots.'],
  'os-hosts': ['Hosts', 'Hosts of storage, and what lies on them.'],
  'os-quota-class-sets': ['QuotaClasses', 'Quotas that projects have by default.'],
  'os-quota-sets': ['Quotas', 'Quotas of projects.'],
  'os-services': ['Services', 'Services of storage.'],
  'os-snapshot-actions': ['SnapshotActions', 'Actions on snapshots.'],
  'os-types-extra-specs': ['TypesExtraSpecs', 'What types ask of storage.'],
  'os-types-manage': ['TypesManage', 'Making, changing and deleting types.'],
  'os-used-limits': ['UsedLimits', 'How much of the limits is used.'],
  'os-vol-host-attr': ['VolumeHostAttribute', 'On which pool a volume lies.'],
  'os-vol-image-meta': ['VolumeImageMetadata', 'What an image says, on the volumes made from it.'],
  'os-vol-mig-status-attr': ['VolumeMigStatusAttribute', 'How far a migration is.'],
  'os-vol-tenant-attr': ['VolumeTenantAttribute', 'Whose a volume is.'],
  'os-volume-actions': ['VolumeActions', 'Actions on volumes.'],
  'os-volume-transfer': ['VolumeTransfer', 'Handing volumes over to another project.'],
  'os-volume-type-access': ['VolumeTypeAccess', 'Which projects may use a private type.'],
  'os-volume-unmanage': ['VolumeUnmanage', 'Forgetting a volume, and leaving its data.'],
  'qos-specs': ['Qos_specs_manage', 'How fast volumes of a type may be.'],
  'scheduler-stats': ['SchedulerStats', 'Pools as the scheduler sees them.'],
  capabilities: ['Capabilities', 'What backends can do.'],
  encryption: ['VolumeTypeEncryption', 'How volumes of a type are encrypted.'],
} as const;

const EXTENSIONS = Object.entries(ABOUT).map(([alias, [name, description]]) => ({
  alias,
  name,
  description,
  updated: UPDATED,
  links: [],
}));

export const EXTENSION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/extensions',
    summary: 'List what the API has besides its core',
    status: 200,
    handle: () => answer({ extensions: EXTENSIONS }),
  }),
  route({
    method: 'GET',
    path: '/extensions/:alias',
    summary: 'Show one thing the API has besides its core',
    status: 200,
    handle: ({ params }) => {
      const extension = EXTENSIONS.find(({ alias }) => alias === params.alias);
      if (extension === undefined)
        throw new FaultError(404, `There is no extension ${params.alias.slice(0, 255)}.`);
      return answer({ extension });
    },
  }),
];
