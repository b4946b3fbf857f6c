/**
 * How each list was left: what was searched, filtered and sorted by, and the page. Whoever goes back from the page of one
 * thing finds the list like that, in this tab.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { dialogParams, dialogUrlKeys } from './dialog-params';

const left = new Map<string, string>();
const OPEN = [...Object.keys(dialogParams), ...Object.values(dialogUrlKeys), 'peek'];

/** Keeps what the list on screen is asked for; to be called wherever that changes. */
export function useRememberedList(): void {
  useEffect(() => {
    const { pathname, search } = window.location;
    const asked = new URLSearchParams(search);
    for (const name of OPEN) asked.delete(name);
    left.set(pathname, asked.size === 0 ? pathname : `${pathname}?${asked}`);
  });
}

function never(): () => void {
  return () => undefined;
}

/** @returns the way back into a list, as it was left */
export function useLastList(href: string): string {
  return useSyncExternalStore(
    never,
    () => left.get(href) ?? href,
    () => href,
  );
}
