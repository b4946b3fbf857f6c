/**
 * The OpenStack APIs: lists, single objects, attachments, by one client and by several at once.
 */
import type { Client } from './client';
import { eachOf, type Measured, measure } from './measure';
import type { Rest } from './rest-client';

const AT_ONCE = [1, 8, 32];

/** Asked by a member of the large project, and by an administrator who is at home there. */
export async function measureRest(
  { rest, admin }: { rest: Rest; admin: Rest },
  client: Client,
): Promise<Measured[]> {
  const { rows: middle } = await client.volumes.list.query({ sort: 'created', direction: 'asc', limit: 1 });
  const { rows: servers } = await client.servers.list.query({ status: ['ACTIVE'], limit: 1 });
  const { rows: disks } = await client.attachments.list.query({ limit: 1 });
  const [volume, server, disk] = [middle[0], servers[0], disks[0]];
  if (!volume || !server || !disk) throw new Error('the cloud is too small');
  const lists = '/volume/v3/volumes/detail?limit=50';
  const half = await markerHalfWay(rest);
  const disksOf = `/compute/v2.1/servers/${disk.facts.instanceId}/os-volume_attachments`;
  const light: [string, Rest, string][] = [
    ['volumes/detail, 50', rest, lists],
    ['volumes/detail, 50 after a marker half-way', rest, `${lists}&marker=${half}`],
    ['volumes/detail, available', rest, `${lists}&status=available`],
    ['volumes/detail, in error', rest, `${lists}&status=error`],
    ['volumes/detail, oldest first', rest, `${lists}&sort=created_at:asc`],
    ['volumes/detail, sort=name:asc', rest, `${lists}&sort=name:asc`],
    ['volumes/detail, sort=size:desc', rest, `${lists}&sort=size:desc`],
    ['volumes/detail, sort=status:asc', rest, `${lists}&sort=status:asc`],
    ['volumes/detail, name of one', rest, `${lists}&name=volume-4320`],
    ['volumes/detail, name~=-99', admin, `${lists}&name~=-99`],
    ['volumes/detail, name~=me-4321', admin, `${lists}&name~=me-4321`],
    ['volumes/detail, metadata of a team', rest, `${lists}&metadata={'team':'team-4'}`],
    ['volumes/detail, as many as there may be', rest, '/volume/v3/volumes/detail'],
    ['volumes, 50 with_count', rest, '/volume/v3/volumes?limit=50&with_count=true'],
    ['volumes/summary', rest, '/volume/v3/volumes/summary'],
    ['volumes/detail, 50 of all projects', admin, `${lists}&all_tenants=1`],
    ['volumes/detail, all projects, marker', admin, `${lists}&all_tenants=1&marker=${half}`],
    ['volumes/detail, all projects, in error', admin, `${lists}&all_tenants=1&status=error`],
    ['volumes/detail, all projects, sort=name', admin, `${lists}&all_tenants=1&sort=name:asc`],
    ['volumes/detail, all projects, name~=-99', admin, `${lists}&all_tenants=1&name~=-99`],
    ['volume', rest, `/volume/v3/volumes/${volume.id}`],
    ['limits of the volume API', rest, '/volume/v3/limits'],
    ['attachments/detail, 50', rest, '/volume/v3/attachments/detail?limit=50'],
    ['attachments of one server', rest, `/volume/v3/attachments?instance_id=${disk.facts.instanceId}`],
    ['attachments, 50 of all projects', admin, '/volume/v3/attachments/detail?limit=50&all_tenants=1'],
    ['snapshots/detail, 50', rest, '/volume/v3/snapshots/detail?limit=50'],
    ['servers/detail, 50', rest, '/compute/v2.1/servers/detail?limit=50'],
    ['servers/detail, active', rest, '/compute/v2.1/servers/detail?limit=50&status=ACTIVE'],
    ['servers/detail, in error', rest, '/compute/v2.1/servers/detail?limit=50&status=ERROR'],
    ['servers/detail, name of some', rest, '/compute/v2.1/servers/detail?limit=50&name=server-43'],
    ['servers/detail, sort by name', rest, '/compute/v2.1/servers/detail?limit=50&sort_key=display_name'],
    ['servers/detail, 50 of all projects', admin, '/compute/v2.1/servers/detail?limit=50&all_tenants=1'],
    ['server', rest, `/compute/v2.1/servers/${server.id}`],
    ['limits of the compute API', rest, '/compute/v2.1/limits'],
    ['os-volume_attachments', rest, disksOf],
    ['os-volume_attachments, one', rest, `${disksOf}/${disk.facts.volumeId}`],
  ];
  const measured: Measured[] = [];
  for (const [name, who, path] of light) {
    for (const concurrency of AT_ONCE) {
      measured.push(
        await measure(`GET ${name}`, () => who.get(path), { concurrency, rounds: 20 + 10 * concurrency }),
      );
    }
  }
  return [...measured, ...(await measureAttach(rest, client))];
}

/** @returns the id of a volume with about as many before it as after it */
async function markerHalfWay(rest: Rest): Promise<string> {
  const [newest, oldest] = await Promise.all(
    ['desc', 'asc'].map((direction) =>
      rest.get(`/volume/v3/volumes/detail?limit=1&sort=created_at:${direction}`),
    ),
  );
  const timeOf = (found: Record<string, unknown> | undefined) => {
    const [volume] = (found?.volumes ?? []) as { created_at: string }[];
    return Date.parse(`${volume?.created_at}Z`);
  };
  const between = new Date((timeOf(newest) + timeOf(oldest)) / 2).toISOString().slice(0, 19);
  const found = await rest.get(`/volume/v3/volumes?limit=1&created_at=lt:${between}&sort=created_at:desc`);
  const [volume] = found.volumes as { id: string }[];
  if (volume === undefined) throw new Error('the cloud is too small');
  return volume.id;
}

/** Accepted, not ended: the workers go on meanwhile, as they would. */
async function measureAttach(rest: Rest, client: Client): Promise<Measured[]> {
  const rounds = AT_ONCE.map((concurrency) => 40 + 5 * concurrency);
  const limit = 200;
  const pairs: { volumeId: string; serverId: string }[] = [];
  let [volumes, servers]: (string | null | undefined)[] = [];
  while (pairs.length < rounds.reduce((sum, each) => sum + each + 2, 0)) {
    const free = await client.volumes.list.query({
      status: ['available'],
      limit,
      cursor: volumes ?? undefined,
    });
    const active = await client.servers.list.query({
      status: ['ACTIVE'],
      limit,
      cursor: servers ?? undefined,
    });
    pairs.push(
      ...free.rows.flatMap((volume, at) => {
        const server = active.rows[at];
        return server === undefined ? [] : [{ volumeId: volume.id, serverId: server.id }];
      }),
    );
    [volumes, servers] = [free.next, active.next];
  }
  const next = eachOf(pairs, ({ volumeId, serverId }) =>
    rest.post(`/compute/v2.1/servers/${serverId}/os-volume_attachments`, { volumeAttachment: { volumeId } }),
  );
  const measured: Measured[] = [];
  for (const [at, concurrency] of AT_ONCE.entries()) {
    measured.push(
      await measure('POST os-volume_attachments', next, { concurrency, rounds: rounds[at] ?? 0 }),
    );
    await allEnded(client);
  }
  return measured;
}

/** So that what is measured next does not pay for what was measured before. */
async function allEnded(client: Client): Promise<void> {
  for (;;) {
    const running = await client.operations.list.query({ outcome: ['running'], limit: 1 });
    if (running.rows.length === 0) return;
  }
}
