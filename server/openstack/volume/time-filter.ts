/**
 * Filters by time: `created_at=gt:2026-11-20T00:00:00,lt:2026-11-21T00:00:00`.
 * Source: cinder/api/v3/volumes.py, _handle_time_comparison_filters.
 */
import { z } from 'zod';
import type { Condition } from '~/server/services/records/column-conditions';
import { FaultError } from '../fault';

const COMPARISONS: Readonly<Record<string, Condition['how']>> = {
  gt: 'above',
  gte: 'at-least',
  eq: 'is',
  neq: 'is-not',
  lt: 'below',
  lte: 'at-most',
};

const time = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

/**
 * @returns one condition a comparison
 * @throws FaultError 400 for what is no comparison with a time
 */
export function timeConditions(key: string, text: string): Condition[] {
  return text.split(',').map((each) => {
    const [word = '', ...rest] = each.trim().split(':');
    const how = Object.hasOwn(COMPARISONS, word) ? COMPARISONS[word] : undefined;
    const parsed = time.safeParse(rest.join(':'));
    if (how === undefined || !parsed.success) {
      throw new FaultError(
        400,
        `${key} is compared like gt:2026-11-21T07:00:00; comparisons are ${Object.keys(COMPARISONS).join(', ')}.`,
      );
    }
    return { key, how, value: inUtc(parsed.data) };
  });
}

/** A time without a zone is meant in UTC. */
function inUtc(iso: string): string {
  if (/^[^T]+$/.test(iso)) return `${iso}T00:00:00Z`;
  return /(Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`;
}
