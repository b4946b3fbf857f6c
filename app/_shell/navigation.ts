import { Activity, FlaskConical, HardDrive, Link2, type LucideIcon, Server } from 'lucide-react';
import { paths } from '~/app/_lib/paths';

interface Destination {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Shown to administrators only. */
  admin?: boolean;
  /** Lists that can show every project. */
  scoped: boolean;
}

export const DESTINATIONS: readonly Destination[] = [
  { href: paths.servers, label: 'Servers', icon: Server, scoped: true },
  { href: paths.volumes, label: 'Volumes', icon: HardDrive, scoped: true },
  { href: paths.attachments, label: 'Attachments', icon: Link2, scoped: true },
  { href: paths.operations, label: 'Operations', icon: Activity, scoped: true },
  { href: paths.simulator, label: 'Simulator', icon: FlaskConical, admin: true, scoped: false },
];

/** @returns whether this path is a list that the scope applies to */
export function isScoped(pathname: string): boolean {
  return DESTINATIONS.some((each) => each.scoped && each.href === pathname);
}
