/**
 * What running operations will take once they are done. What a project has is counted from its rows and its limits are
 * in `quotas` (identity.ts); together they say what is left.
 */
import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { projects } from './identity';
import { operations } from './operation';

/** One open reservation a row: it goes when its operation ends, however that ends, so it is never counted twice. */
export const quotaReservations = pgTable(
  'quota_reservations',
  {
    id: uuid().primaryKey().defaultRandom(),
    operationId: uuid()
      .notNull()
      .references(() => operations.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** `gigabytes`, `instances`, `volumes_<type>` … */
    resource: text().notNull(),
    /** Negative for what will be given back, which nobody may count on before it is. */
    delta: integer().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    unique('quota_reservation_once').on(t.operationId, t.projectId, t.resource),
    index('quota_reservations_project').on(t.projectId, t.resource),
  ],
);
