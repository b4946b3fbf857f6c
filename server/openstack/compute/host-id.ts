/**
 * What a project may know of a host: whether it is the same one.
 */
import { createHash } from 'node:crypto';

/** @returns 56 hex digits, others for each project; empty for no host (nova/utils.py, generate_hostid) */
export function hostId(projectId: string, host: string | null): string {
  return host === null
    ? ''
    : createHash('sha224')
        .update(projectId + host)
        .digest('hex');
}
