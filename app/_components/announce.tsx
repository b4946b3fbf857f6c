'use client';

import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

/**
 * Says something to a screen reader without moving the focus.
 * @param text a short sentence
 */
export function announce(text: string): void {
  // The same sentence twice is no change to the live region; a space that nobody hears makes it one.
  message = message === text ? `${text} ` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where {@link announce} is heard; once a page. */
export function LiveRegion() {
  const text = useSyncExternalStore(
    subscribe,
    () => message,
    () => '',
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
