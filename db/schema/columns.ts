/**
 * Column shapes that several tables share.
 */
import { customType, timestamp } from 'drizzle-orm/pg-core';

/**
 * A name people sort and search by. `COLLATE "C"` lets one B-tree serve both the order and a prefix; the order by code
 * point is the same on every machine.
 */
export const nameText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
});

/** An instant, UTC, with microseconds kept by Postgres. */
export function instant(name?: string) {
  return name === undefined ? timestamp({ withTimezone: true }) : timestamp(name, { withTimezone: true });
}
