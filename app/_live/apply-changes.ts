/**
 * What a batch of changes does to the data on screen: rows are read again by id and exchanged in place, details and
 * explanations are fetched anew, lists off screen are marked stale.
 */
import type { Query, QueryClient, QueryFilters } from '@tanstack/react-query';
import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AttachmentRow } from '~/app/_trpc/types';
import type { AppRouter } from '~/server/trpc/router';
import { type Change, type ChangeKind, idsOf } from './changes';
import { exchangeRows, rowsOnScreen } from './rows-on-screen';

export interface Api {
  client: TRPCClient<AppRouter>;
  trpc: TRPCOptionsProxy<AppRouter>;
  queryClient: QueryClient;
}

export interface Applied {
  /** Rows on screen that exist no more. */
  gone: string[];
  /** Changed things that no list on screen shows: perhaps new ones. */
  unseen: Record<ChangeKind, string[]>;
}

/** As many as one call of `byIds` takes. */
const MAX_IDS = 200;

/** @returns what could not be applied in place */
export async function applyChanges(api: Api, changes: readonly Change[]): Promise<Applied> {
  const { client, trpc } = api;
  // In one turn, so that the batching link sends one request.
  const [servers, volumes, attachments, operations, snapshots] = await Promise.all([
    refresh(api, trpc.servers.list.queryFilter(), idsOf(changes, 'server'), (ids) =>
      client.servers.byIds.query({ ids }),
    ),
    refresh(api, trpc.volumes.list.queryFilter(), idsOf(changes, 'volume'), (ids) =>
      client.volumes.byIds.query({ ids }),
    ),
    refresh(
      api,
      trpc.attachments.list.queryFilter(),
      [...idsOf(changes, 'attachment'), ...attachmentsOf(api, changes)],
      (ids) => client.attachments.byIds.query({ ids }),
    ),
    refresh(api, trpc.operations.list.queryFilter(), idsOf(changes, 'operation'), (ids) =>
      client.operations.byIds.query({ ids }),
    ),
    refresh(api, trpc.snapshots.list.queryFilter(), idsOf(changes, 'snapshot'), (ids) =>
      client.snapshots.byIds.query({ ids }),
    ),
  ]);
  refetchDetails(api.queryClient, changes);
  return {
    gone: [servers, volumes, attachments, operations, snapshots].flatMap((each) => each.gone),
    unseen: {
      server: servers.unseen,
      volume: volumes.unseen,
      attachment: attachments.unseen,
      operation: operations.unseen,
      snapshot: snapshots.unseen,
      'volume-type': [],
      quota: [],
      image: [],
      service: [],
    },
  };
}

/** @returns ids of the attachments on screen that show the state of a changed server or volume */
function attachmentsOf({ queryClient, trpc }: Api, changes: readonly Change[]): string[] {
  const ends = new Set([...idsOf(changes, 'server'), ...idsOf(changes, 'volume')]);
  if (ends.size === 0) return [];
  const changed = new Set(idsOf(changes, 'attachment'));
  return rowsOnScreen(queryClient, trpc.attachments.list.queryFilter())
    .filter((row) => !changed.has(row.id) && hangsOn(row, ends))
    .map((row) => row.id);
}

async function refresh<Row extends { id: string }>(
  { queryClient }: Api,
  lists: QueryFilters,
  changed: readonly string[],
  byIds: (ids: string[]) => Promise<Row[]>,
): Promise<{ gone: string[]; unseen: string[] }> {
  if (changed.length === 0) return { gone: [], unseen: [] };
  const shown = new Set(rowsOnScreen(queryClient, lists).map((row) => row.id));
  const ids = changed.filter((id) => shown.has(id));
  const fresh = (await Promise.all(chunks(ids).map(byIds))).flat();
  exchangeRows(queryClient, lists, fresh);
  void queryClient.invalidateQueries({ ...lists, type: 'inactive', refetchType: 'none' });
  const found = new Set(fresh.map((row) => row.id));
  return {
    gone: ids.filter((id) => !found.has(id)),
    unseen: changed.filter((id) => !shown.has(id)),
  };
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, index) =>
    ids.slice(index * MAX_IDS, (index + 1) * MAX_IDS),
  );
}

/** Path and input of a query, as tRPC writes them into its key. */
function readKey(query: Query): { path: string; input: Record<string, unknown> } {
  const [path, options] = query.queryKey;
  const input = typeof options === 'object' && options !== null && 'input' in options ? options.input : {};
  return {
    path: Array.isArray(path) ? path.join('.') : '',
    input: (input ?? {}) as Record<string, unknown>,
  };
}

const EXPLAINS = /^attachments\.explain/;
const EXPLAINS_ACTIONS = /^actions\.(explain|explainMany|form)$/;
/** Short lists that come whole: asked for again when something that they tell of has changed. */
const WHOLE: Record<string, readonly ChangeKind[]> = {
  'volumeTypes.list': ['volume-type'],
  'volumeTypes.qosSpecs': ['volume-type'],
  'quotas.current': ['quota', 'volume', 'snapshot', 'server'],
  'quotas.get': ['quota', 'volume', 'snapshot', 'server'],
  'quotas.list': ['quota'],
  'images.list': ['image'],
  'hosts.list': ['service'],
  'services.list': ['service'],
  'pools.list': ['service'],
};
/** Timelines of one object: these members of an input name it. */
const ABOUT_ONE = ['serverId', 'volumeId', 'attachmentId', 'snapshotId', 'volumeTypeId'];
const OFTEN_STALE = /\.facets$|Candidates$|^(volumeTypes|pools|hosts|flavors|images|quotas)\.list$/;

/** @returns whether one of these is an end of the attachment */
function hangsOn(attachment: unknown, ids: ReadonlySet<string>): boolean {
  const { volume, server } = (attachment ?? {}) as Partial<Pick<AttachmentRow, 'volume' | 'server'>>;
  return (volume !== undefined && ids.has(volume.id)) || (server != null && ids.has(server.id));
}

function refetchDetails(queryClient: QueryClient, changes: readonly Change[]): void {
  const ids = new Set(changes.map((change) => change.id));
  const pairsChanged = changes.some((change) => change.kind === 'attachment');
  const operated = changes.some((change) => change.kind === 'operation');
  const kinds = new Set(changes.map((change) => change.kind));
  void queryClient.invalidateQueries({
    predicate: (query) => {
      const { path, input } = readKey(query);
      const toldOf = WHOLE[path];
      if (toldOf !== undefined) return toldOf.some((kind) => kinds.has(kind));
      if (path.endsWith('.get')) {
        // An attachment is part of both its ends, which need not have changed themselves; and shows the state of both.
        return (
          ids.has(String(input.id)) ||
          (pairsChanged && /^(servers|volumes)\./.test(path)) ||
          (path === 'attachments.get' && hangsOn(query.state.data, ids))
        );
      }
      if (EXPLAINS.test(path)) return ids.has(String(input.volumeId)) || ids.has(String(input.serverId));
      if (EXPLAINS_ACTIONS.test(path)) {
        const about: unknown[] = Array.isArray(input.ids) ? input.ids : [input.id];
        return pairsChanged || about.some((id) => ids.has(String(id)));
      }
      if (path === 'simulator.faults') return operated;
      // The timeline of one object; the list of all operations announces new ones instead.
      return path === 'operations.list' && operated && ABOUT_ONE.some((each) => each in input);
    },
  });
  void queryClient.invalidateQueries({
    refetchType: 'none',
    predicate: (query) => OFTEN_STALE.test(readKey(query).path),
  });
}
