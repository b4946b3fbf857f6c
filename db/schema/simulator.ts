/**
 * Faults that the simulated driver plays, for demonstrations and tests.
 */
import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';

export const simulatedFaults = pgTable(
  'simulated_faults',
  {
    id: uuid().primaryKey(),
    /** Driver call that fails, e.g. `attachDevice`. */
    call: text().notNull(),
    /** Volume it fails for; null for every one. */
    volumeId: uuid(),
    /** Server it fails for; null for every one. */
    serverId: uuid(),
    message: text().notNull(),
    /** A fault that may pass by itself is tried again; any other ends the operation. */
    retryable: boolean().notNull().default(false),
    /** How often it still happens. */
    remaining: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [check('fault_remaining', sql`${t.remaining} >= 0`)],
);
