/**
 * Makes as many servers as one request asks for: each is a creation of its own, all of them are one reservation.
 */
import { randomInt } from 'node:crypto';
import type { Json } from '~/server/domain/connection';
import { uuids } from './around';
import type { Context } from './context';
import { visible } from './list-filters';
import { perform } from './perform';
import { RefusedError } from './refused';

export interface NewServers {
  name: string;
  flavor: string;
  image?: string;
  /** Items of block_device_mapping_v2. */
  devices: readonly { readonly [key: string]: Json }[];
  description?: string;
  metadata?: Readonly<Record<string, string>>;
  zone?: string;
  host?: string;
  /** What is kept and shown again. */
  labels: { readonly [key: string]: Json };
  /** How many are wanted, and with how many the request is content. */
  count: { min: number; max: number };
  /** Whether volumes that several servers may hold are let in. */
  multiattach: boolean;
}

export interface MadeServers {
  reservationId: string;
  /** In the order of their launch indexes; the first is what a single request asked for. */
  ids: readonly [string, ...string[]];
}

/** Most that one request makes, however large its quota: whoever wants more asks again. */
const MOST = 1000;

const RESERVATION_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const RESERVATION_LENGTH = 8;

/**
 * Several are called `<name>-1`, `<name>-2` … as upstream does. When the quota gives out after `min`, those made so far
 * are what there is; before, they are deleted again.
 * @throws RefusedError with what speaks against the first one that could not be had
 */
export async function createServers(context: Context, asked: NewServers): Promise<MadeServers> {
  const { min } = asked.count;
  const max = Math.min(asked.count.max, MOST);
  if (min > max) refuseCount(min);
  if (max > 1) refuseSharedVolumes(asked);
  if (!asked.multiattach) await refuseMultiattach(context, asked);
  const reservationId = `r-${letters()}`;
  const ids: string[] = [];
  for (let index = 0; index < max; index += 1) {
    try {
      ids.push(await createOne(context, asked, reservationId, index));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const isFull = error.refusals[0].code === 'over_quota';
      if (isFull && ids.length >= min) break;
      await Promise.all(ids.map((id) => perform(context, { action: 'server.delete', id, input: {} })));
      throw error;
    }
  }
  const [first, ...rest] = ids;
  if (first === undefined) throw new Error('a request for no server was let through');
  return { reservationId, ids: [first, ...rest] };
}

async function createOne(
  context: Context,
  asked: NewServers,
  reservationId: string,
  index: number,
): Promise<string> {
  const { devices, count, multiattach: _multiattach, labels, name, ...rest } = asked;
  const several = count.max > 1 ? `-${index + 1}` : '';
  const { hostname } = labels;
  const input = {
    ...rest,
    name: `${name}${several}`,
    ...(devices.length === 0 ? {} : { devices: { devices } }),
    labels: {
      ...labels,
      ...(typeof hostname === 'string' ? { hostname: `${hostname}${several}` } : {}),
      reservationId,
      launchIndex: index,
    },
  };
  const { answer } = await perform(context, {
    action: 'server.create',
    id: context.actor.projectId,
    input,
  });
  return String(answer.serverId);
}

function letters(): string {
  return Array.from({ length: RESERVATION_LENGTH }, () =>
    RESERVATION_LETTERS.charAt(randomInt(RESERVATION_LETTERS.length)),
  ).join('');
}

function refuseCount(min: number): never {
  throw new RefusedError([
    {
      rule: 'server.create.too-many',
      code: 'invalid',
      message: `${min} servers are asked for, and one request makes at most ${MOST}.`,
      remedy: { kind: 'advice', text: `Ask for ${MOST} servers at a time.` },
    },
  ]);
}

/** Source: nova api/openstack/compute/servers.py, create: MultiCreateWithVolume (bug 1747985). */
function refuseSharedVolumes({ devices }: NewServers): void {
  if (devices.every(({ source_type: source }) => source !== 'volume')) return;
  throw new RefusedError([
    {
      rule: 'server.create.several-with-volume',
      code: 'invalid',
      message: 'Several servers are asked for, and one volume cannot be given to all of them.',
      remedy: { kind: 'advice', text: 'Ask for one server at a time, or have a new volume made for each.' },
    },
  ]);
}

/** Source: nova compute/api.py, _check_attach_and_reserve_volume, MultiattachNotSupportedOldMicroversion. */
async function refuseMultiattach(context: Context, { devices }: NewServers): Promise<void> {
  const { sql } = context.runtime.database;
  const ids = uuids(devices.flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : [])));
  if (ids.length === 0) return;
  const [found] = await sql<{ name: string }[]>`
    select coalesce(nullif(name, ''), id::text) as name from volumes
    where id = any(${ids}::uuid[]) and multiattach and deleted_at is null
      and ${visible(sql, context, sql`project_id`)} limit 1`;
  if (found === undefined) return;
  throw new RefusedError([
    {
      rule: 'server.create.multiattach-version',
      code: 'invalid',
      message: `Volume ${found.name} may be attached several times; that is known since version 2.60.`,
      remedy: { kind: 'advice', text: 'Send a later OpenStack-API-Version.' },
    },
  ]);
}
