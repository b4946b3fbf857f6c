/**
 * Tells browsers what has changed: a row in the feed, and a notification when the transaction commits.
 */
import type { TransactionSql } from 'postgres';
import { type CHANGE_KINDS, CHANGES_CHANNEL } from '~/db/schema/operation';
import type { Fragment } from './around';

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** In the place of a project: everybody may hear of it, as of a volume type that is public. */
export const EVERYBODY = '*';

/** In the place of an id: what has none of its own, as the quota of a project. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** One object that a transaction has touched, and the project whose members may hear of it. */
export interface Announced {
  kind: ChangeKind;
  /** A UUID; {@link NO_ID} for a quota. */
  id: string;
  /** {@link EVERYBODY} for what belongs to no project. */
  projectId: string;
}

/** A change as it travels, with its place in the feed. */
export interface Change extends Announced {
  seq: number;
}

/**
 * @param sql transaction in which the objects change: nobody hears of what is rolled back
 */
export function announce(sql: TransactionSql, objects: readonly Announced[]): Promise<unknown> {
  return sql`with ${feeding(sql, objects)} select ${telling(sql)}`.execute();
}

/** @returns a part of a statement: `fed as (…)`, which writes them into the feed */
export function feeding(sql: TransactionSql, objects: readonly Announced[]): Fragment {
  const kinds = objects.map((object) => object.kind);
  const ids = objects.map((object) => object.id);
  const projects = objects.map((object) => object.projectId);
  return sql`fed as (
    insert into changes (project_id, kind, object_id)
    select project, kind, id
    from unnest(${projects}::text[], ${kinds}::change_kind[], ${ids}::uuid[]) as o (project, kind, id)
    returning seq, project_id, kind, object_id
  )`;
}

/** @returns an expression that notifies of what the same statement has fed */
export function telling(sql: TransactionSql): Fragment {
  return sql`(
    select pg_notify(${CHANGES_CHANNEL}, json_agg(json_build_object(
      'seq', seq, 'projectId', project_id, 'kind', kind, 'id', object_id))::text) from fed)`;
}
