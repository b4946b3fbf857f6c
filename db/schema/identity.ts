/**
 * Who there is: projects, users, their roles, and the sessions of the console.
 */
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { ROLES } from '~/server/domain/roles';
import { instant } from './columns';

export const roleEnum = pgEnum('role', ROLES);

export const projects = pgTable('projects', {
  /** 32 hex digits, as Keystone makes them. */
  id: text().primaryKey(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
  domainId: text().notNull().default('default'),
  enabled: boolean().notNull().default(true),
  createdAt: instant().notNull().defaultNow(),
});

export const users = pgTable('users', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  email: text(),
  domainId: text().notNull().default('default'),
  enabled: boolean().notNull().default(true),
  /** argon2id; null for a user whose password is not known here, who cannot log in with one. */
  passwordHash: text(),
  createdAt: instant().notNull().defaultNow(),
});

export const roleAssignments = pgTable(
  'role_assignments',
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    role: roleEnum().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.projectId, t.role] }), index().on(t.projectId)],
);

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token, hex: who reads the table cannot log in with it. */
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    index().on(t.userId),
    index().on(t.expiresAt),
    check('session_expires_later', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);

/** Limits per project, as the compute and the volume service count them. -1 is unlimited. */
export const quotas = pgTable(
  'quotas',
  {
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    service: text({ enum: ['compute', 'volume'] }).notNull(),
    /** `gigabytes`, `instances`, `volumes_<type>` … */
    resource: text().notNull(),
    limit: integer('hard_limit').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.service, t.resource] }),
    check('quota_known_service', sql`${t.service} in ('compute', 'volume')`),
    check('quota_unlimited_or_positive', sql`${t.limit} >= -1`),
  ],
);

/** Failed logins, counted per name and per address by the rate limiter, which names the columns. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: instant(),
});
