/**
 * The image API's version documents.
 * Source: glance/api/versions.py
 */
import type { Answer } from '../route';

/** @returns null for what a route answers */
export function imageVersions(_ask: { origin: string }, _method: string, _path: string): Answer | null {
  return null;
}
