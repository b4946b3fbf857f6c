/**
 * The volume API's version documents.
 * Source: cinder/api/versions.py
 */
import type { Answer } from '../route';

/** @returns null for what a route answers */
export function volumeVersions(_ask: { origin: string }, _method: string, _path: string): Answer | null {
  return null;
}
