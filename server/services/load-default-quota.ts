/**
 * Limits of projects that have none of their own, as far as somebody has changed them.
 */
import type { Sql, TransactionSql } from 'postgres';
import type { World } from '~/server/domain/engine/world';
import { keyed } from './keyed';

/** @returns limits by resource; those that are not there are what is built in */
export async function loadDefaultQuota(sql: Sql | TransactionSql): Promise<World['defaultQuota']> {
  return keyed(
    await sql<{ id: string; limit: number }[]>`
    select resource as id, hard_limit as "limit" from default_quotas`,
  );
}
