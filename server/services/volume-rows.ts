/**
 * Volumes as rows: list, by id, and one in detail.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { AttachmentFacts } from '~/server/domain/attachment';
import type { Holder } from '~/server/domain/detach-volume';
import { VOLUME_STATUSES } from '~/server/domain/volume';
import { attachmentsByIds } from './attachment-rows';
import type { Context } from './context';
import {
  type AttachmentFactsRow,
  attachmentFacts,
  type HostFactsRow,
  hostFacts,
  type ServerFactsRow,
  serverFacts,
  type VolumeFactsRow,
  volumeFacts,
} from './facts';
import { holders, liveAttachments } from './fragments';
import { type Fragment, type KeysetQuery, keysetPage, pageOf } from './keyset';
import { all, inScope, isEverywhere, listInput, matches, oneOf, visible } from './list-filters';
import { authorize, mayDo, notFound } from './refused';
import type { Page, VolumeDetail, VolumeRow } from './rows';
import { statusCounts } from './status-counts';
import { usableType } from './volume-type-rows';

export const listVolumesInput = listInput.extend({
  status: z.array(z.enum(VOLUME_STATUSES)).optional(),
  /** Names of volume types. */
  type: z.array(z.string().max(255)).optional(),
  multiattach: z.boolean().optional(),
  bootable: z.boolean().optional(),
  attached: z.boolean().optional(),
  sort: z
    .enum(['name', 'status', 'size', 'type', 'project', 'zone', 'attachments', 'created'])
    .default('created'),
});

interface Data extends VolumeFactsRow {
  status_since: Date;
  created_at: Date;
  project_name: string;
  type_name: string;
  pool: string | null;
  attachments: AttachmentFactsRow[];
  holders: { attachment_id: string; server: ServerFactsRow; host: HostFactsRow | null }[];
  description: string | null;
  user_id: string;
  encrypted: boolean;
  metadata: Record<string, string>;
}

/**
 * @param input already parsed by {@link listVolumesInput}
 * @param first condition on `t`: rows that meet it come before all others; for pickers, which sort by name
 * @throws RefusedError forbidden without the reader role; invalid for a foreign cursor
 */
export async function listVolumes(
  context: Context,
  input: z.output<typeof listVolumesInput>,
  first?: Fragment,
): Promise<Page<VolumeRow>> {
  authorize(context, 'volume:get_all');
  const { sql } = context.runtime.database;
  const live = sql`exists (select 1 from attachments a where a.volume_id = t.id and a.deleted_at is null)`;
  return keysetPage(sql, {
    sort: `volumes.${input.sort}.${input.direction}${first === undefined ? '' : '.picked'}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from volumes t`,
    where: all(sql, [
      sql`t.deleted_at is null`,
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      matches(sql, input.search, [sql`t.name`], [sql`t.id`]),
      oneOf(sql, sql`t.status`, input.status, 'volume_status'),
      ofTypes(sql, input.type),
      input.multiattach === undefined ? sql`true` : sql`t.multiattach = ${input.multiattach}`,
      input.bootable === undefined ? sql`true` : sql`t.bootable = ${input.bootable}`,
      input.attached === undefined ? sql`true` : sql`${live} = ${input.attached}`,
    ]),
    ...(first === undefined
      ? orderOf(sql, input.sort, isEverywhere(context, input.allProjects))
      : { keys: [{ key: sql`t.name`, type: 'text' }], parts: [first, sql`not (${first})`] }),
    rows: (page) => selectVolumes(context, page),
    toRow,
  });
}

function ofTypes(sql: Sql, names: readonly string[] | undefined): Fragment {
  if (names === undefined || names.length === 0) return sql`true`;
  return sql`t.volume_type_id = any(array(
    select ty.id from volume_types ty where ${oneOf(sql, sql`ty.name`, names, 'text')}))`;
}

/** Of what is the same for many, the newest comes first, or last where the order ascends. */
function orderOf(
  sql: Sql,
  sort: z.output<typeof listVolumesInput>['sort'],
  everywhere: boolean,
): Pick<KeysetQuery<Data, VolumeRow>, 'keys' | 'join'> {
  const created = { key: sql`t.created_at`, type: 'timestamptz' };
  switch (sort) {
    case 'name':
      return { keys: [{ key: sql`t.name`, type: 'text' }] };
    case 'size':
      return { keys: [{ key: sql`t.size_gib`, type: 'int' }] };
    case 'status':
      return { keys: [{ key: sql`t.status`, type: 'volume_status' }, created] };
    case 'type':
      return {
        join: sql`join volume_types ty on ty.id = t.volume_type_id`,
        keys: [{ key: sql`ty.name`, type: 'text' }, created],
      };
    case 'project':
      // Of one project all have the same.
      if (!everywhere) return { keys: [created] };
      return {
        join: sql`join projects p on p.id = t.project_id`,
        keys: [{ key: sql`p.name`, type: 'text' }, created],
      };
    case 'zone':
      return { keys: [{ key: sql`t.availability_zone`, type: 'text' }, created] };
    case 'attachments': {
      const count = sql`(select count(*) from attachments a where a.volume_id = t.id and a.deleted_at is null)`;
      return { keys: [{ key: count, type: 'bigint' }, created] };
    }
    case 'created':
      return { keys: [created] };
  }
}

/** @returns the volumes among these that the caller may see, in the order asked for */
export async function volumesByIds(context: Context, ids: readonly string[]): Promise<VolumeRow[]> {
  authorize(context, 'volume:get');
  const rows = await selectVolumes(context, pageOf(context.runtime.database.sql, ids));
  return rows.map(toRow);
}

/** @throws RefusedError not_found when it is not there or another project's */
export async function getVolume(context: Context, id: string): Promise<VolumeDetail> {
  authorize(context, 'volume:get');
  const { sql } = context.runtime.database;
  const [volumes, attachments, [besides]] = await Promise.all([
    selectVolumes(context, pageOf(sql, [id])),
    sql<
      { id: string }[]
    >`select id from attachments where volume_id = ${id} and deleted_at is null order by created_at, id`,
    sql<{ snapshots: number; transfer_id: string | null }[]>`
      select (select count(*)::int from snapshots where volume_id = ${id} and deleted_at is null) as snapshots,
        (select x.id from volume_transfers x where x.volume_id = ${id}) as transfer_id`,
  ]);
  const [data] = volumes;
  if (data === undefined) throw notFound('volume', id);
  return {
    ...toRow(data),
    description: data.description,
    userId: data.user_id,
    encrypted: data.encrypted,
    metadata: data.metadata,
    snapshotCount: besides?.snapshots ?? 0,
    transferId: (mayDo(context, 'volume:get_transfer') ? besides?.transfer_id : null) ?? null,
    attachments: await attachmentsByIds(
      context,
      attachments.map((each) => each.id),
    ),
  };
}

function selectVolumes(context: Context, page: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select v.id, v.name, v.project_id, v.status, v.attach_status, v.migration_status, v.multiattach, v.bootable, v.readonly,
      v.size_gib, v.availability_zone, v.status_since, v.created_at, v.pool, v.description, v.user_id, v.encrypted, v.metadata,
      p.name as project_name, ty.name as type_name, live.attachments, held.holders
    from ${page}
      join volumes v on v.id = page.id
      join projects p on p.id = v.project_id
      join volume_types ty on ty.id = v.volume_type_id
      cross join ${liveAttachments(context, sql`v.id`)}
      cross join ${holders(context, sql`v.id`)}
    where v.deleted_at is null and ${visible(sql, context, sql`v.project_id`)}
    order by page.position`;
}

function toRow(data: Data): VolumeRow {
  const attachments = data.attachments.map(attachmentFacts);
  return {
    id: data.id,
    facts: volumeFacts(data),
    attachments,
    holders: data.holders.flatMap((held) => holderOf(held, attachments)),
    statusSince: data.status_since.toISOString(),
    projectName: data.project_name,
    typeName: data.type_name,
    pool: data.pool,
    createdAt: data.created_at.toISOString(),
  };
}

function holderOf(held: Data['holders'][number], attachments: readonly AttachmentFacts[]): Holder[] {
  const attachment = attachments.find((each) => each.id === held.attachment_id);
  if (attachment === undefined) return [];
  return [
    { attachment, server: serverFacts(held.server), host: held.host === null ? null : hostFacts(held.host) },
  ];
}

/** @returns what a list of volumes can be filtered by */
export async function volumeFacets(context: Context, allProjects: boolean) {
  authorize(context, 'volume:get_all');
  const { sql } = context.runtime.database;
  const [statuses, types] = await Promise.all([
    statusCounts<string>(sql, 'volumes', inScope(sql, context, sql`t.project_id`, allProjects)),
    sql<
      { name: string }[]
    >`select ty.name from volume_types ty where ${usableType(context)} order by ty.name`,
  ]);
  return { statuses, types: types.map((type) => type.name) };
}
