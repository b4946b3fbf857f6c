/**
 * What running operations will take once they are done. What a project has is counted from its rows and its limits are
 * in `quotas` (identity.ts), or the defaults here; together they say what is left.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { QUOTA_SERVICES } from '~/server/domain/quota';
import { instant } from './columns';
import { projects } from './identity';
import { operations } from './operation';

/**
 * Limits of projects that have none of their own, where somebody has changed them; the others are built in
 * (server/domain/quota.ts). −1 is without limit.
 */
export const defaultQuotas = pgTable(
  'default_quotas',
  {
    service: text({ enum: QUOTA_SERVICES }).notNull(),
    resource: text().notNull(),
    limit: integer('hard_limit').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.service, t.resource] }),
    check('default_quota_known_service', sql`${t.service} in ('compute', 'volume')`),
    check('default_quota_unlimited_or_positive', sql`${t.limit} >= -1`),
  ],
);

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
