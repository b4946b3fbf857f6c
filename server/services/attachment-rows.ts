/**
 * Attachments as rows, with both ends: list, by id, and one.
 */
import { z } from 'zod';
import { ATTACH_MODES, ATTACH_STATUSES } from '~/server/domain/attachment';
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
import { hostJson, liveAttachments, serverJson, volumeJson } from './fragments';
import { type Fragment, type KeysetQuery, keysetPage, pageOf } from './keyset';
import { all, inScope, isEverywhere, isId, listInput, matches, oneOf, visible } from './list-filters';
import { parentNamed } from './named-parents';
import { authorize, notFound } from './refused';
import type { AttachmentRow, Page } from './rows';

export const listAttachmentsInput = listInput.extend({
  /** `none`: the storage side does not know the attachment. */
  status: z.array(z.enum([...ATTACH_STATUSES, 'none'])).optional(),
  mode: z.array(z.enum(ATTACH_MODES)).optional(),
  /** Only attachments with something wrong: a side is missing, or an import found a broken rule. */
  broken: z.boolean().optional(),
  serverId: z.guid().optional(),
  volumeId: z.guid().optional(),
  sort: z.enum(['volume', 'server', 'device', 'status', 'mode', 'project', 'created']).default('created'),
});

type Input = z.output<typeof listAttachmentsInput>;

interface Data extends AttachmentFactsRow {
  volume: VolumeFactsRow;
  attachments: AttachmentFactsRow[];
  server: ServerFactsRow | null;
  host: HostFactsRow | null;
  status_since: Date;
  attached_at: Date | null;
  created_at: Date;
  tag: string | null;
  project_name: string;
  quarantine: string | null;
  findings: string[];
}

/**
 * @param input already parsed by {@link listAttachmentsInput}
 * @throws RefusedError forbidden without the reader role; invalid for a foreign cursor
 */
export async function listAttachments(context: Context, input: Input): Promise<Page<AttachmentRow>> {
  authorize(context, 'volume:attachment_list');
  const { sql } = context.runtime.database;
  const statuses = input.status?.filter((status) => status !== 'none');
  const orNone = input.status?.includes('none') ? sql`or t.attach_status is null` : sql``;
  const withStatus =
    statuses === undefined || input.status?.length === 0
      ? sql`true`
      : sql`t.attach_status = any(${statuses}::text[]::attach_status[]) ${orNone}`;
  const isBroken = sql`t.attach_status is null or t.bdm_id is null or t.quarantine is not null
    or exists (select 1 from import_findings f where f.kind = 'attachment' and f.object_id = t.id::text)`;
  const named = await found(context, input);
  return keysetPage(sql, {
    sort: `attachments.${input.sort}.${input.direction}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from attachments t`,
    where: all(sql, [
      sql`t.deleted_at is null`,
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      named(),
      withStatus,
      oneOf(sql, sql`t.mode`, input.mode, 'attach_mode'),
      input.broken === undefined ? sql`true` : sql`(${isBroken}) = ${input.broken}`,
      input.serverId === undefined ? sql`true` : sql`t.instance_id = ${input.serverId}`,
      input.volumeId === undefined ? sql`true` : sql`t.volume_id = ${input.volumeId}`,
    ]),
    ...orderOf(context, input),
    rows: (page) => selectAttachments(context, page),
    toRow,
  });
}

/** By the name of its volume or its server. */
async function found(context: Context, { search, allProjects }: Input): Promise<() => Fragment> {
  const { sql } = context.runtime.database;
  if (search === undefined || search === '') return () => sql`true`;
  if (isId(search)) return () => matches(sql, search, [], [sql`t.id`, sql`t.volume_id`, sql`t.instance_id`]);
  const [volume, server] = await Promise.all([
    parentNamed(sql, sql`t.volume_id`, {
      table: 'volumes',
      search,
      visible: sql`t.deleted_at is null and ${inScope(sql, context, sql`t.project_id`, allProjects)}`,
    }),
    parentNamed(sql, sql`t.instance_id`, {
      table: 'servers',
      search,
      visible: visible(sql, context, sql`t.project_id`),
    }),
  ]);
  return () => sql`${volume()} or ${server()}`;
}

/** Of what is the same for many, the newest comes first, or last where the order ascends. */
function orderOf(
  context: Context,
  { sort, allProjects }: Input,
): Pick<KeysetQuery<Data, AttachmentRow>, 'keys' | 'join'> {
  const { sql } = context.runtime.database;
  const created = { key: sql`t.created_at`, type: 'timestamptz' };
  switch (sort) {
    case 'volume':
      return {
        join: sql`join volumes v on v.id = t.volume_id`,
        keys: [{ key: sql`v.name`, type: 'text' }, created],
      };
    case 'server':
      return {
        join: sql`left join servers s on s.id = t.instance_id`,
        keys: [{ key: sql`coalesce(s.name, t.instance_id::text, '')`, type: 'text' }, created],
      };
    case 'device':
      return { keys: [{ key: sql`coalesce(t.device, t.mountpoint, '')`, type: 'text' }, created] };
    case 'status':
      // An enum has no value for "none"; its place is after all others.
      return {
        keys: [
          {
            key: sql`coalesce(array_position(enum_range(null::attach_status), t.attach_status), 99)`,
            type: 'int',
          },
          created,
        ],
      };
    case 'mode':
      return { keys: [{ key: sql`coalesce(t.mode::text, '')`, type: 'text' }, created] };
    case 'project':
      // Of one project all have the same.
      if (!isEverywhere(context, allProjects)) return { keys: [created] };
      return {
        join: sql`join projects p on p.id = t.project_id`,
        keys: [{ key: sql`p.name`, type: 'text' }, created],
      };
    case 'created':
      return { keys: [created] };
  }
}

/** @returns the attachments among these that the caller may see, in the order asked for */
export async function attachmentsByIds(context: Context, ids: readonly string[]): Promise<AttachmentRow[]> {
  authorize(context, 'volume:attachment_list');
  if (ids.length === 0) return [];
  const rows = await selectAttachments(context, pageOf(context.runtime.database.sql, ids));
  return rows.map(toRow);
}

/** @throws RefusedError not_found when it is not there or of another project's volume */
export async function getAttachment(context: Context, id: string): Promise<AttachmentRow> {
  const [row] = await attachmentsByIds(context, [id]);
  if (row === undefined) throw notFound('attachment', id);
  return row;
}

function selectAttachments(context: Context, page: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select t.id, t.volume_id, t.instance_id, s.name as instance_name, t.attach_status, t.mode, t.bdm_id, t.device,
      t.boot_index, t.delete_on_termination, t.status_since, t.attached_at, t.created_at, t.tag, t.quarantine,
      p.name as project_name, ${volumeJson(context)} as volume, ${serverJson(context)} as server, ${hostJson(context)} as host,
      live.attachments,
      array(select f.message from import_findings f where f.kind = 'attachment' and f.object_id = t.id::text order by f.rule)
        as findings
    from ${page}
      join attachments t on t.id = page.id
      join volumes v on v.id = t.volume_id
      join projects p on p.id = v.project_id
      left join servers s on s.id = t.instance_id and ${visible(sql, context, sql`s.project_id`)}
      left join hosts h on h.name = s.host
      cross join ${liveAttachments(context, sql`v.id`)}
    where t.deleted_at is null and ${visible(sql, context, sql`v.project_id`)}
    order by page.position`;
}

function toRow(data: Data): AttachmentRow {
  return {
    id: data.id,
    facts: attachmentFacts(data),
    volume: volumeFacts(data.volume),
    volumeAttachments: data.attachments.map(attachmentFacts),
    server: data.server === null ? null : serverFacts(data.server),
    host: data.host === null ? null : hostFacts(data.host),
    attachStatus: data.attach_status,
    statusSince: data.status_since.toISOString(),
    tag: data.tag,
    attachedAt: data.attached_at?.toISOString() ?? null,
    projectName: data.project_name,
    createdAt: data.created_at.toISOString(),
    quarantine: data.quarantine,
    findings: data.findings,
  };
}
