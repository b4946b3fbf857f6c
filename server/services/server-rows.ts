/**
 * Servers as rows: list, by id, and one in detail.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { SERVER_STATUSES, type ServerStatus } from '~/server/domain/server';
import { attachmentsByIds } from './attachment-rows';
import type { Context } from './context';
import { type HostFactsRow, hostFacts, type ServerFactsRow, serverFacts } from './facts';
import { hostJson } from './fragments';
import { type Fragment, type KeysetQuery, keysetPage, pageOf } from './keyset';
import { all, inScope, isEverywhere, listInput, matches, oneOf, visible } from './list-filters';
import { authorize, notFound } from './refused';
import type { Page, ServerDetail, ServerRow } from './rows';
import { statusCounts } from './status-counts';

export const listServersInput = listInput.extend({
  status: z.array(z.enum(SERVER_STATUSES)).optional(),
  host: z.array(z.string().max(255)).optional(),
  sort: z
    .enum(['name', 'status', 'host', 'project', 'flavor', 'zone', 'attachments', 'created'])
    .default('created'),
});

interface Data extends ServerFactsRow {
  host_facts: HostFactsRow | null;
  status: ServerStatus;
  status_since: Date;
  created_at: Date;
  project_name: string;
  flavor: { name: string; vcpus: number; ramMib: number; diskGib: number };
  attachment_count: number;
  description: string | null;
  user_id: string;
  image_id: string | null;
  image_name: string | null;
  key_name: string | null;
  locked_reason: string | null;
  metadata: Record<string, string>;
  tags: string[];
  fault: { code: number; message: string; created: string } | null;
  launched_at: Date | null;
}

/**
 * @param input already parsed by {@link listServersInput}
 * @param first condition on `t`: rows that meet it come before all others; for pickers, which sort by name
 * @throws RefusedError forbidden without the reader role; invalid for a foreign cursor
 */
export async function listServers(
  context: Context,
  input: z.output<typeof listServersInput>,
  first?: Fragment,
): Promise<Page<ServerRow>> {
  authorize(context, 'os_compute_api:servers:index');
  const { sql } = context.runtime.database;
  return keysetPage(sql, {
    sort: `servers.${input.sort}.${input.direction}${first === undefined ? '' : '.picked'}`,
    direction: input.direction,
    limit: input.limit,
    cursor: input.cursor,
    from: sql`from servers t`,
    where: all(sql, [
      sql`t.deleted_at is null`,
      inScope(sql, context, sql`t.project_id`, input.allProjects),
      matches(sql, input.search, [sql`t.name`], [sql`t.id`]),
      oneOf(sql, sql`t.status`, input.status, 'server_status'),
      oneOf(sql, sql`t.host`, input.host, 'text'),
    ]),
    ...(first === undefined
      ? orderOf(sql, input.sort, isEverywhere(context, input.allProjects))
      : { keys: [{ key: sql`t.name`, type: 'text' }], parts: [first, sql`not (${first})`] }),
    rows: (page) => selectServers(context, page),
    toRow,
  });
}

/** Of what is the same for many, the newest comes first, or last where the order ascends. */
function orderOf(
  sql: Sql,
  sort: z.output<typeof listServersInput>['sort'],
  everywhere: boolean,
): Pick<KeysetQuery<Data, ServerRow>, 'keys' | 'join'> {
  const created = { key: sql`t.created_at`, type: 'timestamptz' };
  switch (sort) {
    case 'name':
      return { keys: [{ key: sql`t.name`, type: 'text' }] };
    case 'status':
      return { keys: [{ key: sql`t.status`, type: 'server_status' }, created] };
    case 'host':
      return { keys: [{ key: sql`coalesce(t.host, '')`, type: 'text' }, created] };
    case 'project':
      // Of one project all have the same.
      if (!everywhere) return { keys: [created] };
      return {
        join: sql`join projects p on p.id = t.project_id`,
        keys: [{ key: sql`p.name`, type: 'text' }, created],
      };
    case 'flavor':
      return { keys: [{ key: sql`t.flavor ->> 'name'`, type: 'text' }, created] };
    case 'zone':
      return { keys: [{ key: sql`t.availability_zone`, type: 'text' }, created] };
    case 'attachments': {
      const count = sql`(select count(*) from attachments a where a.server_id = t.id and a.deleted_at is null)`;
      return { keys: [{ key: count, type: 'bigint' }, created] };
    }
    case 'created':
      return { keys: [created] };
  }
}

/** @returns the servers among these that the caller may see, in the order asked for */
export async function serversByIds(context: Context, ids: readonly string[]): Promise<ServerRow[]> {
  authorize(context, 'os_compute_api:servers:show');
  const rows = await selectServers(context, pageOf(context.runtime.database.sql, ids));
  return rows.map(toRow);
}

/** @throws RefusedError not_found when it is not there or another project's */
export async function getServer(context: Context, id: string): Promise<ServerDetail> {
  authorize(context, 'os_compute_api:servers:show');
  const { sql } = context.runtime.database;
  const [servers, attachments] = await Promise.all([
    selectServers(context, pageOf(sql, [id])),
    sql<{ id: string }[]>`
      select id from attachments where instance_id = ${id} and deleted_at is null order by boot_index nulls last, created_at, id`,
  ]);
  const [data] = servers;
  if (data === undefined) throw notFound('server', id);
  return {
    ...toRow(data),
    description: data.description,
    userId: data.user_id,
    flavor: data.flavor,
    image: data.image_id === null ? null : { id: data.image_id, name: data.image_name ?? data.image_id },
    keyName: data.key_name,
    lockedReason: data.locked_reason,
    metadata: data.metadata,
    tags: data.tags,
    fault: data.fault,
    launchedAt: data.launched_at?.toISOString() ?? null,
    attachments: await attachmentsByIds(
      context,
      attachments.map((each) => each.id),
    ),
  };
}

function selectServers(context: Context, page: Fragment) {
  const { sql } = context.runtime.database;
  return sql<Data[]>`
    select s.id, s.name, s.project_id, s.vm_state, s.task_state, s.locked_by, s.launched_at, s.host, s.root_device_name,
      s.availability_zone, s.status, s.status_since, s.created_at, s.description, s.user_id, s.image_id, i.name as image_name,
      s.key_name, s.locked_reason, s.metadata, s.tags, s.fault, s.flavor, p.name as project_name, ${hostJson(context)} as host_facts,
      (select count(*)::int from attachments a where a.server_id = s.id and a.deleted_at is null) as attachment_count
    from ${page}
      join servers s on s.id = page.id
      join projects p on p.id = s.project_id
      left join hosts h on h.name = s.host
      left join images i on i.id = s.image_id
    where s.deleted_at is null and ${visible(sql, context, sql`s.project_id`)}
    order by page.position`;
}

function toRow(data: Data): ServerRow {
  return {
    id: data.id,
    facts: serverFacts(data),
    host: data.host_facts === null ? null : hostFacts(data.host_facts),
    status: data.status,
    statusSince: data.status_since.toISOString(),
    projectName: data.project_name,
    flavorName: data.flavor.name,
    attachmentCount: data.attachment_count,
    createdAt: data.created_at.toISOString(),
  };
}

/** @returns what a list of servers can be filtered by */
export async function serverFacets(context: Context, allProjects: boolean) {
  authorize(context, 'os_compute_api:servers:index');
  const { sql } = context.runtime.database;
  const scope = inScope(sql, context, sql`t.project_id`, allProjects);
  const [statuses, hosts] = await Promise.all([
    statusCounts<ServerStatus>(sql, 'servers', scope),
    sql<{ host: string }[]>`
      select h.name as host from hosts h
      where exists (select from servers t where t.host = h.name and t.deleted_at is null and ${scope}) order by h.name`,
  ]);
  return { statuses, hosts: hosts.map((row) => row.host) };
}
