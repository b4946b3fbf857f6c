'use client';

import { useCallback, useMemo } from 'react';
import { useShortcuts } from './use-shortcuts';

interface Peeking {
  /** Rows on the page, in order. */
  ids: readonly string[];
  openId: string | null;
  onOpen: (id: string | null) => void;
}

function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [data-row] [data-row-link]')];
}

/** @returns the link of a row, which is what has the focus when a row has it */
export function rowLink(id: string): HTMLElement | null {
  return document.querySelector(`main [data-row="${CSS.escape(id)}"] [data-row-link]`);
}

function focusRow(step: -1 | 1): boolean {
  const links = rowLinks();
  const here = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step];
  next?.focus();
  return next !== undefined;
}

function press(verb: 'attach' | 'detach'): boolean {
  const place = document.querySelector('[data-drawer]') ?? document.activeElement?.closest('tr[data-row]');
  const button = place?.querySelector<HTMLElement>(`[data-verb="${verb}"]`);
  button?.focus();
  button?.click();
  return button != null;
}

/**
 * The keyboard of a list with a drawer.
 * @returns what the drawer needs: a move to the next row, and where the focus goes when it closes
 */
export function useListKeys({ ids, openId, onOpen }: Peeking) {
  const move = useCallback(
    (step: -1 | 1) => {
      const here = ids.indexOf(openId ?? '');
      const next = ids[here + step];
      if (here < 0 || next === undefined) return;
      onOpen(next);
      rowLink(next)?.scrollIntoView({ block: 'nearest' });
    },
    [ids, openId, onOpen],
  );
  const step = (by: -1 | 1) => (openId === null ? focusRow(by) : move(by));
  const arrow = (by: -1 | 1) =>
    document.activeElement?.closest('tr[data-row]') === null || openId !== null ? false : focusRow(by);
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => arrow(1),
    ArrowUp: () => arrow(-1),
    a: () => press('attach'),
    d: () => press('detach'),
    x: () => document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-select]')?.click(),
    '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
  });
  return useMemo(
    () => ({ move, returnTo: () => (openId === null ? null : rowLink(openId)) }),
    [move, openId],
  );
}
