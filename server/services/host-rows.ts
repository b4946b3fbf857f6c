/**
 * Compute hosts and the services of both sides, for administrators.
 */
import { type Catalogue, type CatalogueInput, catalogueOf, containsText, upToMost } from './catalogue';
import type { Context } from './context';
import { authorize } from './refused';

interface HostRow {
  /** The name: hosts have no other id. */
  id: string;
  name: string;
  hypervisorType: string;
  up: boolean;
  enabled: boolean;
  zone: string;
  supportsMultiattach: boolean;
  supportsTagging: boolean;
  servers: number;
  /** Live attachments of its servers. */
  attachments: number;
  disabledReason: string | null;
}

interface HostData {
  name: string;
  hypervisor_type: string;
  up: boolean;
  enabled: boolean;
  zone: string;
  supports_multiattach: boolean;
  supports_tagging: boolean;
  servers: number;
  attachments: number;
  disabled_reason: string | null;
}

/** @throws RefusedError forbidden for all but administrators */
export async function listHosts(context: Context, { search }: CatalogueInput): Promise<Catalogue<HostRow>> {
  authorize(context, 'os_compute_api:os-hypervisors:list-detail');
  const { sql } = context.runtime.database;
  const rows = await sql<HostData[]>`
    select h.name, h.hypervisor_type, h.up, h.enabled, h.zone, h.supports_multiattach, h.supports_tagging,
      coalesce(running.servers, 0) as servers, coalesce(running.attachments, 0) as attachments,
      reported.disabled_reason
    from hosts h
      left join services reported on reported.binary = 'nova-compute' and reported.host = h.name
      left join (
        select s.host, count(distinct s.id)::int as servers, count(a.id)::int as attachments
        from servers s left join attachments a on a.server_id = s.id and a.deleted_at is null
        where s.deleted_at is null group by s.host
      ) running on running.host = h.name
    where ${containsText(sql, search, [sql`h.name`, sql`h.zone`])}
    order by h.name ${upToMost(sql)}`;
  return catalogueOf(rows, (data) => ({
    id: data.name,
    name: data.name,
    hypervisorType: data.hypervisor_type,
    up: data.up,
    enabled: data.enabled,
    zone: data.zone,
    supportsMultiattach: data.supports_multiattach,
    supportsTagging: data.supports_tagging,
    servers: data.servers,
    attachments: data.attachments,
    disabledReason: data.disabled_reason,
  }));
}

interface ServiceRow {
  /** `binary@host`. */
  id: string;
  binary: string;
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  /** Only storage services can be: nothing may change on their backend meanwhile. */
  frozen: boolean;
  disabledReason: string | null;
  updatedAt: string;
}

interface ServiceData extends Omit<ServiceRow, 'id' | 'disabledReason' | 'updatedAt'> {
  disabled_reason: string | null;
  updated_at: Date;
}

/** @throws RefusedError forbidden for all but administrators */
export async function listServices(
  context: Context,
  { search }: CatalogueInput,
): Promise<Catalogue<ServiceRow>> {
  authorize(context, 'os_compute_api:os-services:list');
  authorize(context, 'volume_extension:services:index');
  const { sql } = context.runtime.database;
  const rows = await sql<ServiceData[]>`
    select s.binary, s.host, s.zone, s.enabled, s.up, s.frozen, s.disabled_reason, s.updated_at from services s
    where ${containsText(sql, search, [sql`s.binary`, sql`s.host`, sql`s.zone`])}
    order by s.binary, s.host ${upToMost(sql)}`;
  return catalogueOf(rows, ({ disabled_reason, updated_at, ...service }) => ({
    ...service,
    id: `${service.binary}@${service.host}`,
    disabledReason: disabled_reason,
    updatedAt: updated_at.toISOString(),
  }));
}
