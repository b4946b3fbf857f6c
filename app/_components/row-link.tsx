'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

/**
 * The link that names a row. Pressed plainly it opens the drawer (the table sees to that); opened in a new tab, or
 * without scripts, it leads to the page.
 */
export function RowLink({
  href,
  isId = false,
  children,
}: {
  href: string;
  /** What is shown is an id, for want of a name. */
  isId?: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row-link
      className={clsx(
        'rounded text-ink decoration-faint underline-offset-2 outline-none hover:underline focus-visible:underline',
        isId ? 'font-mono text-xs' : 'font-medium',
      )}
    >
      {children}
    </Link>
  );
}
