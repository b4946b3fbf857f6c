/**
 * Ids of what this service makes.
 */
import { randomUUID } from 'node:crypto';

/** @returns 32 hex digits, as Keystone makes them */
export function newIdentifier(): string {
  return randomUUID().replaceAll('-', '');
}
