'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { isScoped } from './navigation';

/**
 * Whether lists show every project. The URL of a list says so; pages of one thing remember what the last list said.
 * @returns the scope, and a function that puts it into the link to a list
 */
export function useScope(): { all: boolean; withScope: (href: string) => string } {
  const pathname = usePathname();
  const inUrl = useSearchParams().get('all') === 'true';
  const listed = isScoped(pathname);
  const [last, setLast] = useState(inUrl);
  useEffect(() => {
    if (listed) setLast(inUrl);
  }, [listed, inUrl]);
  const all = listed ? inUrl : last;
  return { all, withScope: (href) => (all && isScoped(href) ? `${href}?all=true` : href) };
}
