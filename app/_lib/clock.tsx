'use client';

import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import { absoluteTime, relativeTime } from './duration';

interface Setting {
  /** The server's time when it made the page: the first render in the browser must say the same. */
  startedAt: number;
  locale: string;
}

const Clock = createContext<Setting>({ startedAt: 0, locale: 'en' });

/** Gives the tree the reader's language and a common now. */
export function ClockProvider({ children, ...setting }: Setting & { children: ReactNode }) {
  return <Clock value={setting}>{children}</Clock>;
}

/** @returns the reader's language, e.g. `en-GB` */
export function useLocale(): string {
  return useContext(Clock).locale;
}

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.hidden) return;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Something that follows from the time. Renders again only when the result differs, so a thousand of these cost little.
 * @param read from now (milliseconds since 1970) to a primitive
 */
export function useClock<Result extends string | number | boolean>(read: (now: number) => Result): Result {
  const { startedAt } = useContext(Clock);
  return useSyncExternalStore(
    subscribe,
    () => read(Date.now()),
    () => read(startedAt),
  );
}

/** @returns how long ago, in words, kept up to date */
export function useRelativeTime(iso: string): string {
  const { locale } = useContext(Clock);
  return useClock((now) => relativeTime(iso, now, locale));
}

function never(): () => void {
  return () => undefined;
}

/** @returns date and time in the reader's zone; in UTC until the page runs in the browser */
export function useAbsoluteTime(iso: string): string {
  const { locale } = useContext(Clock);
  const own = useCallback(() => absoluteTime(iso, locale), [iso, locale]);
  const utc = useCallback(() => absoluteTime(iso, locale, 'UTC'), [iso, locale]);
  return useSyncExternalStore(never, own, utc);
}
