'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '~/app/_lib/paths';

const VIEWS = [
  { href: paths.hosts, label: 'Compute hosts' },
  { href: paths.pools, label: 'Storage pools' },
  { href: paths.services, label: 'Services' },
];

/** Between the three lists of what servers and volumes are on. */
export function HostViews() {
  const pathname = usePathname();
  return (
    <nav aria-label="Hosts" className="-mt-1 flex shrink-0 gap-5 overflow-x-auto px-4 pb-2.5 sm:px-5">
      {VIEWS.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          {...(pathname === href ? { 'aria-current': 'page' as const } : {})}
          className={clsx(
            'flex h-8 shrink-0 items-center border-b-2 text-sm outline-offset-[-2px]',
            pathname === href
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
