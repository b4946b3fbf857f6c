'use client';

import { useEffect } from 'react';
import { loadFacetOptions } from '~/app/_components/facet';
import { loadOpenMenu } from '~/app/_components/menu';
import { loadReasonPopover } from '~/app/_components/reasons';
import { loadAttachDialog, loadDetachDialog } from './action-dialogs';

/** What the first view does without, in the order in which it is likely to be wanted. */
const PARTS = [loadReasonPopover, loadOpenMenu, loadAttachDialog, loadDetachDialog, loadFacetOptions];
const LATEST_MS = 4000;

/** Fetches the rest of the console once the page has come to rest, so that a first press does not wait for it. */
export function usePreload(): void {
  useEffect(() => {
    const load = () => {
      for (const part of PARTS) void part();
    };
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(load, LATEST_MS);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(load, { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }, []);
}
