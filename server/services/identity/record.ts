/**
 * Tells of what administrators do with users, projects and roles: to administrators alone.
 */
import type { TransactionSql } from 'postgres';
import { NO_PROJECT } from '~/server/domain/roles';
import type { Context } from '../context';
import { type Recorded, recordOperation } from '../write-operation';

/** @param told without secrets */
export function record(
  sql: TransactionSql,
  context: Context,
  told: Omit<Recorded, 'projectId'>,
): Promise<void> {
  return recordOperation(sql, context, { ...told, projectId: NO_PROJECT });
}
