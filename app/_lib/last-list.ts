/**
 * How each list was left: what was searched, filtered and sorted by, the page, and how far it was scrolled. Whoever goes
 * back from the page of one thing finds the list like that, in this tab.
 */
import { type RefObject, useEffect, useSyncExternalStore } from 'react';
import { dialogParams, dialogUrlKeys } from './dialog-params';

const left = new Map<string, string>();
const scrolled = new Map<string, number>();
const OPEN = [...Object.keys(dialogParams), ...Object.values(dialogUrlKeys), 'peek'];

/** The page of one thing that was looked at last. */
let seen = '';
let wentBackAt = 0;

/** A page of a list that is asked for anew may take as long as this. */
const BACK_WITHIN_MS = 5000;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    wentBackAt = Date.now();
  });
}

/** @returns the address of the list on screen, without what is open over it */
function address(): string {
  const { pathname, search } = window.location;
  const asked = new URLSearchParams(search);
  for (const name of OPEN) asked.delete(name);
  return asked.size === 0 ? pathname : `${pathname}?${asked}`;
}

/** Keeps what the list on screen is asked for; to be called wherever that changes. */
export function useRememberedList(): void {
  useEffect(() => {
    left.set(window.location.pathname, address());
  });
}

/**
 * Keeps how far a list is scrolled. Its box scrolls, not the window, so that the browser does not know.
 * @param box that scrolls
 * @param filled whether it has its rows
 */
export function useRememberedScroll(box: RefObject<HTMLElement | null>, filled: boolean): void {
  useEffect(() => {
    const element = box.current;
    if (element === null || !filled) return;
    if (Date.now() - wentBackAt < BACK_WITHIN_MS) {
      wentBackAt = 0;
      element.scrollTop = scrolled.get(address()) ?? 0;
      const link = element.querySelector<HTMLElement>(`[data-row-link][href="${seen}"]`);
      if (document.activeElement === document.body) link?.focus({ preventScroll: true });
    }
    const onScroll = () => scrolled.set(address(), element.scrollTop);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [box, filled]);
}

function never(): () => void {
  return () => undefined;
}

/** @returns the way back into a list, as it was left; to be called on the page of one thing */
export function useLastList(href: string): string {
  useEffect(() => {
    seen = window.location.pathname;
  }, []);
  return useSyncExternalStore(
    never,
    () => left.get(href) ?? href,
    () => href,
  );
}
