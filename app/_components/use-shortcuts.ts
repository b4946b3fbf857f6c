'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isTyping } from './is-typing';

const STORED_AS = 'mooring:single-key-shortcuts';
const listeners = new Set<() => void>();

function enabled(): boolean {
  return localStorage.getItem(STORED_AS) !== 'off';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Keys without Ctrl are a trap for people who speak their input, so they can be turned off (WCAG 2.1.4).
 * @returns whether they are on, and how to change that; remembered in this browser
 */
export function useShortcutSetting(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, enabled, () => true);
  return [
    on,
    (next) => {
      localStorage.setItem(STORED_AS, next ? 'on' : 'off');
      for (const listener of listeners) listener();
    },
  ];
}

/**
 * Listens for single keys while nothing is typed and no question is open.
 * @param keys key (as in KeyboardEvent.key) to what it does; returning false lets the key pass
 */
export function useShortcuts(keys: Record<string, (event: KeyboardEvent) => unknown>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[data-modal], [role=menu]') !== null) return;
      const act = current.current[event.key];
      if (act === undefined || !(enabled() || event.key.startsWith('Arrow'))) return;
      if (act(event) !== false) event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
