/**
 * Operations that this tab has started and follows to their end. They survive a reload.
 */
import { useSyncExternalStore } from 'react';

export interface Followed {
  id: string;
  /** What it does, e.g. `Attaching data-1 to web-3`. */
  title: string;
}

const STORED_AS = 'mooring:followed-operations';
const NONE: readonly Followed[] = [];

let followed: readonly Followed[] | undefined;
const listeners = new Set<() => void>();

function read(): readonly Followed[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED_AS) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isFollowed) : NONE;
  } catch {
    return NONE;
  }
}

function isFollowed(value: unknown): value is Followed {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value;
}

function current(): readonly Followed[] {
  followed ??= read();
  return followed;
}

function write(next: readonly Followed[]): void {
  followed = next;
  sessionStorage.setItem(STORED_AS, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Shows a note that follows the operation to its end. */
export function follow(operation: Followed): void {
  write([...current().filter((each) => each.id !== operation.id), operation]);
}

export function unfollow(id: string): void {
  write(current().filter((each) => each.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @returns what is followed now, oldest first */
export function useFollowed(): readonly Followed[] {
  return useSyncExternalStore(subscribe, current, () => NONE);
}
