/**
 * Quality of service, as verbs see it: there are few, so that all are read at once.
 */
import type { TransactionSql } from 'postgres';
import type { QosSpecsRecord, World } from '~/server/domain/engine/world';
import { type Actor, isAdmin } from '~/server/domain/roles';
import type { Wanted } from './around';
import { keyed } from './keyed';

/**
 * Sent before types are read: whoever gives one to a type, or takes it away, waits for the others.
 * @param locked whether they will be written, or referred to
 */
export async function loadQos(
  sql: TransactionSql,
  actor: Actor | null,
  wanted: Wanted,
  locked: boolean,
): Promise<World['qosSpecs']> {
  const every = wanted.everyQosSpecs === true && (actor === null || isAdmin(actor));
  if (!every && wanted.qosOfTypes !== true) return new Map();
  return keyed(
    await sql<QosSpecsRecord[]>`
      select id, name, consumer, specs from qos_specs order by id
      ${every && locked ? sql`for update` : sql``}`.execute(),
  );
}
