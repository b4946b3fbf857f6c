/**
 * What a database is filled with on the very first start: the demo cloud, or one administrator.
 */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from './client';
import { readDemoCloud } from './demo/load';
import { loadInventory } from './import/import-inventory';
import type { Orm } from './import/load/known';
import { projects, roleAssignments, users } from './schema/identity';

/** Who can log in to the demo cloud. Everybody knows the password: it is served on the loopback address only. */
export const DEMO_ACCOUNTS = [
  { name: 'admin', password: 'secret', project: 'admin', what: 'administrator, project admin' },
  { name: 'demo', password: 'secret', project: 'demo', what: 'member of project demo' },
  { name: 'demo-reader', password: 'secret', project: 'demo', what: 'reader of project demo' },
  { name: 'alt', password: 'secret', project: 'alt', what: 'member of project alt' },
] as const;

/** Id of the user `demo` of the demo cloud, as its documents give it: how the demo cloud is known again. */
const DEMO_USER_ID = '257ae82333a94c8c8369a962abc6a3f5';

/**
 * Loads the demo cloud with its accounts into a database that has no projects yet.
 * @param secretKey 32 bytes that seal connection info
 * @returns whether it was loaded
 */
export async function loadDemoCloud(database: Database, secretKey: Uint8Array): Promise<boolean> {
  const [project] = await database.orm.select({ id: projects.id }).from(projects).limit(1);
  if (project !== undefined) return false;
  const inventory = await readDemoCloud(new Date());
  await database.orm.transaction(async (orm) => {
    await loadInventory(orm, secretKey, inventory);
    for (const { name, password } of DEMO_ACCOUNTS) await setPassword(orm, name, password);
  });
  return true;
}

/** @returns whether the accounts whose passwords everybody knows are in this database */
export async function hasDemoCloud(database: Database): Promise<boolean> {
  const [found] = await database.orm
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, DEMO_USER_ID), isNotNull(users.passwordHash)));
  return found !== undefined;
}

/**
 * Makes the user `admin`, with the role admin in the project `admin`, where nobody can log in yet. Both may be there
 * already, from an import, which brings no passwords.
 * @returns whether the administrator was made
 */
export async function ensureFirstAdmin(database: Database, password: string): Promise<boolean> {
  return database.orm.transaction(async (orm) => {
    const [anybody] = await orm
      .select({ id: users.id })
      .from(users)
      .where(isNotNull(users.passwordHash))
      .limit(1);
    if (anybody !== undefined) return false;
    await orm.insert(projects).values({ id: newId(), name: 'admin' }).onConflictDoNothing();
    await orm.insert(users).values({ id: newId(), name: 'admin' }).onConflictDoNothing();
    // Imported ones may be disabled; this one must be able to log in.
    await orm
      .update(projects)
      .set({ enabled: true })
      .where(and(eq(projects.name, 'admin'), isNull(projects.deletedAt)));
    await setPassword(orm, 'admin', password);
    const [project] = await orm
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.name, 'admin'), isNull(projects.deletedAt)));
    const [user] = await orm.select({ id: users.id }).from(users).where(eq(users.name, 'admin'));
    if (project === undefined || user === undefined) throw new Error('project or user admin vanished');
    await orm
      .insert(roleAssignments)
      .values({ projectId: project.id, userId: user.id, role: 'admin' })
      .onConflictDoNothing();
    return true;
  });
}

/**
 * Makes the volume type that a volume gets when none is asked for, as upstream always has one.
 * @param name id or name of it; nothing is made where it is there, or is an id
 */
export async function ensureDefaultType(database: Database, name: string): Promise<void> {
  const [there] = await database.sql`
    select 1 from volume_types where name = ${name} or id::text = ${name}`;
  if (there !== undefined) return;
  await database.sql`
    insert into volume_types (id, name, description) values (${randomUUID()}, ${name}, 'For volumes of no other type')
    on conflict (name) do nothing`;
}

/** 32 hex digits, as Keystone makes them. */
function newId(): string {
  return randomUUID().replaceAll('-', '');
}

async function setPassword(orm: Orm, name: string, password: string): Promise<void> {
  const passwordHash = await hash(password);
  await orm.update(users).set({ passwordHash, enabled: true }).where(eq(users.name, name));
}
