/**
 * The compute API's version documents.
 * Source: nova/api/openstack/compute/versions.py
 */
import type { Answer } from '../route';

/** @returns null for what a route answers */
export function computeVersions(_ask: { origin: string }, _method: string, _path: string): Answer | null {
  return null;
}
