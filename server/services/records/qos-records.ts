/**
 * Quality-of-service specs as the volume API lists and shows them.
 */
import type { QosConsumer } from '~/server/domain/qos';
import type { Context } from '../context';
import type { Direction } from '../keyset';
import { all } from '../list-filters';
import { markerPage } from '../marker-page';
import { authorize, notFound } from '../refused';

interface QosRecord {
  id: string;
  name: string;
  consumer: QosConsumer;
  specs: Record<string, string>;
}

/** What they can be ordered by. */
export const QOS_SORT_KEYS = ['created_at', 'name', 'id', 'consumer'] as const;
type QosSortKey = (typeof QOS_SORT_KEYS)[number];

interface QosListing {
  id?: string | undefined;
  name?: string | undefined;
  consumer?: string | undefined;
  sort: readonly [{ key: QosSortKey; direction: Direction }, ...{ key: QosSortKey; direction: Direction }[]];
  marker?: string | undefined;
  limit: number;
  offset?: number | undefined;
}

/**
 * @returns one page
 * @throws RefusedError forbidden for all but administrators, not_found for an unknown marker
 */
export async function listQosRecords(context: Context, listing: QosListing): Promise<QosRecord[]> {
  authorize(context, 'volume_extension:qos_specs_manage:get_all');
  const { sql } = context.runtime.database;
  const { id, name, consumer, sort, marker, limit, offset = 0 } = listing;
  const [first, ...rest] = sort.map(({ key, direction }) => ({ key: sql`t.${sql(key)}`, direction }));
  if (first === undefined) return [];
  return markerPage<QosRecord>(sql, {
    select: sql`t.id, t.name, t.consumer, t.specs`,
    from: sql`from qos_specs t`,
    where: all(sql, [
      ...(id === undefined ? [] : [sql`t.id::text = ${id}`]),
      ...(name === undefined ? [] : [sql`t.name = ${name}`]),
      ...(consumer === undefined ? [] : [sql`t.consumer = ${consumer}`]),
    ]),
    sort: [first, ...rest],
    marker,
    limit,
    offset,
    unknownMarker: 'not_found',
  });
}

/** @throws RefusedError forbidden for all but administrators, not_found when they are not there */
export async function getQosRecord(context: Context, id: string): Promise<QosRecord> {
  authorize(context, 'volume_extension:qos_specs_manage:get');
  return findQos(context, id);
}

/**
 * @returns the volume types that have them, by name
 * @throws RefusedError forbidden for all but administrators, not_found when they are not there
 */
export async function listQosTypes(context: Context, id: string): Promise<{ id: string; name: string }[]> {
  authorize(context, 'volume_extension:qos_specs_manage:get_all');
  const qos = await findQos(context, id);
  return context.runtime.database.sql<{ id: string; name: string }[]>`
    select id, name from volume_types where qos_specs_id = ${qos.id} order by name`;
}

async function findQos({ runtime }: Context, id: string): Promise<QosRecord> {
  const [row] = await runtime.database.sql<QosRecord[]>`
    select id, name, consumer, specs from qos_specs where id::text = ${id}`;
  if (row === undefined) throw notFound('qos-specs', id);
  return row;
}
