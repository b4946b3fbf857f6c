/**
 * Quality-of-service specs, with the volume types that have them.
 */
import type { QosConsumer } from '~/server/domain/qos';
import type { Context } from './context';
import { authorize } from './refused';

interface QosRow {
  id: string;
  name: string;
  consumer: QosConsumer;
  specs: Record<string, string>;
  /** By name. */
  types: { id: string; name: string }[];
}

/**
 * @returns all there are, by name: they are few
 * @throws RefusedError forbidden for all but administrators
 */
export async function listQos(context: Context): Promise<QosRow[]> {
  authorize(context, 'volume_extension:qos_specs_manage:get_all');
  const { sql } = context.runtime.database;
  const rows = await sql<QosRow[]>`
    select q.id, q.name, q.consumer, q.specs, coalesce(
      (select json_agg(json_build_object('id', ty.id, 'name', ty.name) order by ty.name)
        from volume_types ty where ty.qos_specs_id = q.id), '[]') as types
    from qos_specs q order by q.name`;
  return [...rows];
}
