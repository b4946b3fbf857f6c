/**
 * Who there is: projects, users, their roles, the sessions of the console, and what clients of the APIs log in with.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ROLES, TOKEN_SCOPES } from '~/server/domain/roles';
import { instant } from './columns';

export const roleEnum = pgEnum('role', ROLES);

export const projects = pgTable(
  'projects',
  {
    /** 32 hex digits, as Keystone makes them. */
    id: text().primaryKey(),
    name: text().notNull(),
    description: text().notNull().default(''),
    domainId: text().notNull().default('default'),
    enabled: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
    /** Deleted servers and volumes still name their project: it stays as long as they do, out of sight. */
    deletedAt: instant(),
  },
  (t) => [
    uniqueIndex('project_name_once').on(t.name).where(sql`${t.deletedAt} is null`),
    check('project_deleted_is_disabled', sql`${t.deletedAt} is null or not ${t.enabled}`),
  ],
);

export const users = pgTable('users', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  email: text(),
  description: text(),
  /** Where a client that names no project is taken to; a wish, which the project may outlive or not. */
  defaultProjectId: text(),
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

/** A password for a program: acts for its user in one project, with some of the roles the user has there. */
export const applicationCredentials = pgTable(
  'application_credentials',
  {
    /** 32 hex digits, as Keystone makes them. */
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    description: text(),
    /** argon2id: clients may choose the secret, so that it need not be random. */
    secretHash: text().notNull(),
    roles: roleEnum().array().notNull(),
    /** Whether it may make and delete application credentials. */
    unrestricted: boolean().notNull().default(false),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant(),
  },
  (t) => [
    unique('application_credential_name').on(t.userId, t.name),
    index().on(t.projectId),
    check('application_credential_has_roles', sql`cardinality(${t.roles}) > 0`),
  ],
);

/** Tokens of the APIs. One that is revoked is deleted. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    /** SHA-256 of the token, hex: who reads the table cannot use it. */
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    scope: text({ enum: TOKEN_SCOPES }).notNull(),
    projectId: text().references(() => projects.id, { onDelete: 'cascade' }),
    applicationCredentialId: text().references(() => applicationCredentials.id, { onDelete: 'cascade' }),
    /** How its user proved to be who it is: `password`, `token`, `application_credential`. */
    methods: text().array().notNull(),
    /** Its own audit id, then that of the first token it was made from, if any. */
    auditIds: text().array().notNull(),
    issuedAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    index().on(t.userId),
    index().on(t.projectId),
    index().on(t.applicationCredentialId),
    index().on(t.expiresAt),
    check('api_token_known_scope', sql`${t.scope} in ('project', 'domain', 'system', 'unscoped')`),
    check('api_token_project_of_scope', sql`(${t.scope} = 'project') = (${t.projectId} is not null)`),
    check('api_token_expires_later', sql`${t.expiresAt} > ${t.issuedAt}`),
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
