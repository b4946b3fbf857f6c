/**
 * Why a service is out of use, in the words of whoever has said so.
 */
import type { Field } from '../engine/fields';

export const REASON = {
  kind: 'text',
  label: 'Reason',
  hint: 'Shown with the service, to whoever wonders.',
  min: 1,
  max: 255,
  optional: true,
} as const satisfies Field;

/** @returns the end of a sentence */
export function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
