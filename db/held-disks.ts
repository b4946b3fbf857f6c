/**
 * A few rows for statements to break, and what the database says to that.
 */
import postgres, { type TransactionSql } from 'postgres';
import { type Database, openDatabase } from './client';
import { makeAttachment, makeHost, makeProject, makeServer, makeVolume } from './factories';
import { createTestDatabase } from './testing';

/** Ids the statements are about, and where to say them. */
export interface HeldDisks {
  database: Database;
  project: string;
  web1: string;
  web2: string;
  /** Held by web1 as /dev/vdb. */
  single: string;
  singleAttachment: string;
  /** Held by web1 as /dev/vdc and by web2 as /dev/vdb. */
  shared: string;
  /** Held by nobody. */
  free: string;
  type: string;
  /** Runs statements and takes them back. */
  trying(statements: (sql: TransactionSql) => Promise<unknown>): Promise<void>;
  /** @returns the name of the constraint that refuses the statement, or its error code where there is no name */
  refusedBy(statements: (sql: TransactionSql) => Promise<unknown>): Promise<string>;
  close(): Promise<void>;
}

const UNDONE = new Error('undone');

export async function openHeldDisks(): Promise<HeldDisks> {
  const made = await createTestDatabase();
  const database = openDatabase(made.url);
  const project = (await makeProject(database)).id;
  const host = (await makeHost(database, { name: 'cmp-1' })).name;
  const web1 = (await makeServer(database, { projectId: project, host })).id;
  const web2 = (await makeServer(database, { projectId: project, host })).id;
  const single = await makeVolume(database, { projectId: project });
  const shared = await makeVolume(database, { projectId: project, multiattach: true });
  const free = await makeVolume(database, { projectId: project });
  const held = await makeAttachment(database, single, { serverId: web1, device: '/dev/vdb' });
  await makeAttachment(database, shared, { serverId: web1, device: '/dev/vdc' });
  await makeAttachment(database, shared, { serverId: web2, device: '/dev/vdb' });

  const trying: HeldDisks['trying'] = async (statements) => {
    const attempt = database.sql.begin(async (sql) => {
      await statements(sql);
      throw UNDONE;
    });
    await attempt.catch((error: unknown) => {
      if (error !== UNDONE) throw error;
    });
  };
  return {
    database,
    project,
    web1,
    web2,
    single: single.id,
    singleAttachment: held.id,
    shared: shared.id,
    free: free.id,
    type: free.volumeTypeId ?? '',
    trying,
    refusedBy: async (statements) => {
      try {
        await trying(statements);
      } catch (error) {
        if (error instanceof postgres.PostgresError) return error.constraint_name ?? error.code;
        throw error;
      }
      return 'nothing';
    },
    close: async () => {
      await database.close();
      await made.drop();
    },
  };
}
