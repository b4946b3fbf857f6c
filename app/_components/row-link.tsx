'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';

/**
 * The link that names a row. Pressed plainly it opens the drawer (the table sees to that); opened in a new tab, or
 * without scripts, it leads to the page.
 */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row-link
      className="rounded font-medium text-ink decoration-faint underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
