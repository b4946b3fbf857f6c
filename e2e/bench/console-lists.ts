/**
 * The lists of the console, and what its pages ask for besides: of one large project, and of all of them.
 */
import type { Client } from './client';
import { type Measured, measure } from './measure';

/** A cursor is nobody's business but the server's; only so a page far down is reached without all those before. */
function deep(cursor: string | null, olderBySeconds: number): string {
  if (cursor === null) throw new Error('the cloud is too small');
  const [sort, back, [part, key], id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [
    string,
    boolean,
    [string, string],
    string,
  ];
  const older = new Date(Date.parse(key) - olderBySeconds * 1000).toISOString();
  return Buffer.from(JSON.stringify([sort, back, [part, older], id])).toString('base64url');
}

/**
 * @param scope named in the report
 * @param volumes of the whole cloud
 */
export async function measureLists(
  client: Client,
  { scope, allProjects, volumes }: { scope: string; allProjects: boolean; volumes: number },
): Promise<Measured[]> {
  const first = await client.volumes.list.query({ allProjects });
  const cursor = deep(first.next, volumes / 2);
  const asc = 'asc' as const;
  const lists: [string, () => Promise<unknown>][] = [
    ['volumes, newest 50', () => client.volumes.list.query({ allProjects })],
    ['volumes, a page half-way down', () => client.volumes.list.query({ allProjects, cursor })],
    ['volumes, 200 a page', () => client.volumes.list.query({ allProjects, limit: 200 })],
    ['volumes, by name', () => client.volumes.list.query({ allProjects, sort: 'name', direction: asc })],
    ['volumes, by size', () => client.volumes.list.query({ allProjects, sort: 'size' })],
    ['volumes, by status', () => client.volumes.list.query({ allProjects, sort: 'status' })],
    ['volumes, by type', () => client.volumes.list.query({ allProjects, sort: 'type' })],
    ['volumes, by project', () => client.volumes.list.query({ allProjects, sort: 'project' })],
    ['volumes, by attachments', () => client.volumes.list.query({ allProjects, sort: 'attachments' })],
    ['volumes, available only', () => client.volumes.list.query({ allProjects, status: ['available'] })],
    ['volumes, in error only', () => client.volumes.list.query({ allProjects, status: ['error'] })],
    ['volumes, not attached', () => client.volumes.list.query({ allProjects, attached: false })],
    ['volumes, of one type', () => client.volumes.list.query({ allProjects, type: ['fast'] })],
    ['volumes, multiattach', () => client.volumes.list.query({ allProjects, multiattach: true })],
    ['volumes, name has "-99"', () => client.volumes.list.query({ allProjects, search: '-99' })],
    ['volumes, name has "me-4321"', () => client.volumes.list.query({ allProjects, search: 'me-4321' })],
    ['volumes, name has "zzz"', () => client.volumes.list.query({ allProjects, search: 'zzz' })],
    ['volumes, name begins with "pv"', () => client.volumes.list.query({ allProjects, search: 'pv' })],
    ['volumes, how many in which state', () => client.volumes.facets.query({ allProjects })],
    ['servers, newest 50', () => client.servers.list.query({ allProjects })],
    ['servers, by attachments', () => client.servers.list.query({ allProjects, sort: 'attachments' })],
    ['servers, by host', () => client.servers.list.query({ allProjects, sort: 'host' })],
    ['servers, name has "-99"', () => client.servers.list.query({ allProjects, search: '-99' })],
    ['servers, what they can be filtered by', () => client.servers.facets.query({ allProjects })],
    ['attachments, newest 50', () => client.attachments.list.query({ allProjects })],
    [
      'attachments, by server',
      () => client.attachments.list.query({ allProjects, sort: 'server', direction: asc }),
    ],
    [
      'attachments, by volume',
      () => client.attachments.list.query({ allProjects, sort: 'volume', direction: asc }),
    ],
    ['attachments, name has "-99"', () => client.attachments.list.query({ allProjects, search: '-99' })],
    ['attachments, broken', () => client.attachments.list.query({ allProjects, broken: true })],
    ['snapshots, newest 50', () => client.snapshots.list.query({ allProjects })],
    ['snapshots, name has "-99"', () => client.snapshots.list.query({ allProjects, search: '-99' })],
    ['snapshots, how many in which state', () => client.snapshots.facets.query({ allProjects })],
    ['operations, newest 50', () => client.operations.list.query({ allProjects })],
    ['operations, failed', () => client.operations.list.query({ allProjects, outcome: ['failed'] })],
    ['operations, "volume-4321"', () => client.operations.list.query({ allProjects, search: 'volume-4321' })],
    ['quota and what is used', () => client.quotas.current.query()],
    ['volume types', () => client.volumeTypes.list.query({})],
  ];
  const measured: Measured[] = [];
  for (const [name, ask] of lists) measured.push(await measure(`${scope}: ${name}`, ask, { rounds: 30 }));
  return measured;
}
