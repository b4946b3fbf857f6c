import {
  Activity,
  BookOpen,
  Camera,
  Cpu,
  Disc3,
  FlaskConical,
  Gauge,
  HardDrive,
  Link2,
  type LucideIcon,
  Server,
  ServerCog,
  Shapes,
  ShieldCheck,
  Workflow,
} from 'lucide-react';
import { paths } from '~/app/_lib/paths';
import type { PolicyName } from '~/server/domain/policy';

interface Destination {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shown only to those whom this policy lets in. */
  policy?: PolicyName;
  /** Lists that can show every project. */
  scoped?: boolean;
}

interface DestinationGroup {
  label: string;
  destinations: readonly Destination[];
}

/** Every page that a person can go to from anywhere, by what it is about. */
export const DESTINATION_GROUPS: readonly DestinationGroup[] = [
  {
    label: 'Compute',
    destinations: [
      { href: paths.servers, label: 'Servers', icon: Server, scoped: true },
      { href: paths.images, label: 'Images', icon: Disc3 },
      { href: paths.flavors, label: 'Flavors', icon: Cpu },
    ],
  },
  {
    label: 'Storage',
    destinations: [
      { href: paths.volumes, label: 'Volumes', icon: HardDrive, scoped: true },
      { href: paths.attachments, label: 'Attachments', icon: Link2, scoped: true },
      { href: paths.snapshots, label: 'Snapshots', icon: Camera, scoped: true },
      { href: paths.volumeTypes, label: 'Volume types', icon: Shapes },
    ],
  },
  {
    label: 'Operate',
    destinations: [
      { href: paths.operations, label: 'Operations', icon: Activity, scoped: true },
      {
        href: paths.hosts,
        label: 'Hosts',
        icon: ServerCog,
        policy: 'os_compute_api:os-hypervisors:list-detail',
      },
      { href: paths.quotas, label: 'Quotas', icon: Gauge, scoped: true },
      { href: paths.policy, label: 'Permissions', icon: ShieldCheck },
      { href: paths.states, label: 'States', icon: Workflow },
      { href: paths.reference, label: 'API reference', icon: BookOpen },
      { href: paths.simulator, label: 'Simulator', icon: FlaskConical, policy: 'mooring:simulator' },
    ],
  },
];

/** @returns whether this path is a list that the scope applies to */
export function isScoped(pathname: string): boolean {
  return DESTINATION_GROUPS.some(({ destinations }) =>
    destinations.some((each) => each.scoped === true && each.href === pathname),
  );
}
