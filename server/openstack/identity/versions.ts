/**
 * The identity API's version documents.
 * Source: keystone/api/discovery.py
 */
import type { Answer } from '../route';

/** @returns null for what a route answers */
export function identityVersions(_ask: { origin: string }, _method: string, _path: string): Answer | null {
  return null;
}
