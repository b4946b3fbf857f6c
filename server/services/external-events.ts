/**
 * What other services of the cloud tell about servers, such as that a volume of theirs is larger now.
 */
import { randomUUID } from 'node:crypto';
import { isAdmin } from '~/server/domain/roles';
import { announce } from './announce';
import { uuids } from './around';
import type { Context } from './context';
import { perform } from './perform';
import { authorize, RefusedError } from './refused';
import { addStep } from './write-operation';

export interface ExternalEvent {
  name: string;
  serverId: string;
  status: 'completed' | 'failed' | 'in-progress';
  /** What it is about; of `volume-extended` the volume's id. */
  tag: string | null;
}

/** What becomes of one event: `hostless` for a server that is on no host, which nobody could tell. */
export type EventFate = 'accepted' | 'no-server' | 'no-tag' | 'hostless';

/** Events that mean nothing without what they are about (nova objects/external_event.py). */
const TAGGED = ['volume-extended', 'power-update', 'accelerator-request-bound'];

interface Server {
  id: string;
  name: string;
  project_id: string;
  host: string | null;
}

/**
 * Looks at no state and no lock. An accepted `volume-extended` ends an extend that waits for its host, and has the host
 * show the new size to the guest: an action of the server, which tells by and by how that went.
 * @returns the fate of each, in the given order
 * @throws RefusedError forbidden for whoever is neither administrator nor service
 */
export async function takeExternalEvents(
  context: Context,
  events: readonly ExternalEvent[],
): Promise<EventFate[]> {
  authorize(context, 'os_compute_api:os-server-external-events:create');
  const servers = await findServers(context, events);
  const fates: EventFate[] = [];
  for (const event of events) fates.push(await takeEvent(context, event, servers.get(event.serverId)));
  return fates;
}

/** A service speaks for every project; upstream confines it to its own, where it finds nothing. */
async function findServers(
  { actor, runtime: { database } }: Context,
  events: readonly ExternalEvent[],
): Promise<Map<string, Server>> {
  const { sql } = database;
  const rows = await sql<Server[]>`
    select s.id, s.name, s.project_id, s.host from servers s
    where s.id = any(${uuids(events.map(({ serverId }) => serverId))}::uuid[]) and s.deleted_at is null
      and ${actor.service || isAdmin(actor) ? sql`true` : sql`s.project_id = ${actor.projectId}`}`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function takeEvent(
  context: Context,
  event: ExternalEvent,
  server: Server | undefined,
): Promise<EventFate> {
  if (server === undefined) return 'no-server';
  if (event.tag === null && TAGGED.includes(event.name)) return 'no-tag';
  if (server.host === null) return 'hostless';
  if (event.name === 'volume-extended' && event.tag !== null) {
    await endWaitingExtend(context, event.tag, event.status);
    await tellSize(context, server, event.tag);
  }
  return 'accepted';
}

/** Nova's hosts pass over what they do not have, or have not connected yet (compute/manager.py, extend_volume). */
const PASSED_OVER = ['compute-side-missing', 'not-connected', 'in-progress'].map(
  (id) => `attachment.tell-size.${id}`,
);

async function tellSize(context: Context, server: Server, volumeId: string): Promise<void> {
  const attachmentId = await findDisk(context, server, volumeId);
  if (attachmentId === null) return noteExtend(context, server, volumeId, null);
  try {
    await perform(speakingForAll(context), { action: 'attachment.tell-size', id: attachmentId, input: {} });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [{ rule, message }] = error.refusals;
    await noteExtend(context, server, volumeId, PASSED_OVER.includes(rule) ? null : message);
  }
}

async function findDisk(context: Context, server: Server, volumeId: string): Promise<string | null> {
  const [row] = await context.runtime.database.sql<{ id: string }[]>`
    select id from attachments
    where server_id = ${server.id} and volume_id = any(${uuids([volumeId])}::uuid[]) and deleted_at is null`;
  return row?.id ?? null;
}

/** Whoever may tell of a server may have its host told; a service is of another project than most servers. */
function speakingForAll(context: Context): Context {
  const { actor } = context;
  return actor.service ? { ...context, actor: { ...actor, roles: [...actor.roles, 'admin'] } } : context;
}

async function endWaitingExtend(
  context: Context,
  volumeId: string,
  status: ExternalEvent['status'],
): Promise<void> {
  const { sql } = context.runtime.database;
  const waiting = await sql`
    select 1 from operations
    where owns = any(${uuids([volumeId])}::uuid[]) and outcome = 'running' and action = 'volume.extend'
      and phase = 'complete'`;
  if (waiting.length === 0 || status === 'in-progress') return;
  const input = { error: status === 'failed' };
  await perform(speakingForAll(context), { action: 'volume.complete-extend', id: volumeId, input }).catch(
    overtaken,
  );
}

/** Whoever else has ended it meanwhile was as good. */
function overtaken(error: unknown): void {
  if (!(error instanceof RefusedError)) throw error;
}

/**
 * Under the name the compute API has for it: it was done elsewhere, like the history of a cloud that was brought in.
 * @param reason why the host cannot be asked; null where it has nothing to be asked for
 */
async function noteExtend(
  context: Context,
  server: Server,
  volumeId: string,
  reason: string | null,
): Promise<void> {
  const { actor, requestId } = context;
  const id = randomUUID();
  const [outcome, cause] = reason === null ? ['succeeded', null] : ['failed', 'fault'];
  await context.runtime.database.sql.begin(async (sql) => {
    await sql`
      insert into operations (id, request_id, action, user_id, user_name, project_id, server_id, server_name, volume_id,
        volume_name, outcome, reason, cause, ended_at)
      values (${id}, ${requestId}, 'extend_volume', ${actor.userId}, ${actor.userName}, ${server.project_id},
        ${server.id}, ${server.name}, ${uuids([volumeId])[0] ?? null},
        (select name from volumes where id = any(${uuids([volumeId])}::uuid[])), ${outcome}, ${reason}, ${cause}, now())`;
    const told = `${actor.userName} tells that volume ${volumeId} of ${server.name} is larger`;
    await addStep(sql, id, 'tell', reason === null ? 'succeeded' : 'failed', reason ?? told);
    await announce(sql, [{ kind: 'operation', id, projectId: server.project_id }]);
  });
}
