/**
 * Volumes offered to other projects: under the old name for all versions, and under the new one, which shows more.
 * Source: cinder/api/contrib/volume_transfer.py, cinder/api/v3/volume_transfer.py, cinder/api/views/transfers.py.
 */
import { z } from 'zod';
import { offerVolume } from '~/server/services/offer-volume';
import { perform } from '~/server/services/perform';
import {
  getTransferRecord,
  listTransferRecords,
  type TransferRecord,
} from '~/server/services/records/transfer-records';
import { answer, empty, type Route, route } from '../route';
import { type FilterRules, listingOf, listQueries } from './listing';
import { bool, name255, text255, uuid } from './schema-types';
import { linksOf, type Viewer, viewerOf } from './volume-view';

/** Version of the new name, and of what it shows of both projects. */
const RENAMED = 55;
const PROJECTS = 57;

const FILTERS: FilterRules = { known: ['name', 'volume_id', 'source_project_id'], since: {}, read: {} };

type Collection = 'os-volume-transfer' | 'volume-transfers';

function summary(viewer: Viewer, collection: Collection, { id, name, volume_id }: TransferRecord) {
  return { id, name, volume_id, links: linksOf(viewer, collection, id) };
}

function detail(viewer: Viewer, collection: Collection, transfer: TransferRecord) {
  const isNew = collection === 'volume-transfers';
  return {
    ...summary(viewer, collection, transfer),
    created_at: transfer.created_at,
    ...(isNew ? { no_snapshots: transfer.no_snapshots } : {}),
    ...(isNew && viewer.minor >= PROJECTS
      ? { source_project_id: transfer.project_id, destination_project_id: null, accepted: false }
      : {}),
  };
}

const wish = { volume_id: uuid, name: name255.optional() };
const older = z.strictObject({ transfer: z.strictObject(wish) });
const newer = z.strictObject({ transfer: z.strictObject({ ...wish, no_snapshots: bool.optional() }) });
const acceptance = z.strictObject({ accept: z.strictObject({ auth_key: text255.min(1) }) });

function routesOf(collection: Collection): Route[] {
  const since = collection === 'volume-transfers' ? RENAMED : 0;
  const body: z.ZodType<z.output<typeof newer>> = since === 0 ? older : newer;
  const path = `/${collection}` as const;
  const item = `/${collection}/:transferId` as const;
  const list = (place: string, view: typeof summary) =>
    route({
      method: 'GET',
      path: `${path}${place}`,
      summary: 'List volumes offered to other projects',
      status: 200,
      since,
      query: listQueries(FILTERS, { from: since }),
      handle: async (call) => {
        const rows = await listTransferRecords(call.context, listingOf(call, call.query, FILTERS));
        return answer({ transfers: rows.map((row) => view(viewerOf(call), collection, row)) });
      },
    });
  return [
    list('', summary),
    list('/detail', detail),
    route({
      method: 'GET',
      path: item,
      summary: 'Show the offer of a volume',
      status: 200,
      since,
      handle: async (call) => {
        const transfer = await getTransferRecord(call.context, call.params.transferId);
        return answer({ transfer: detail(viewerOf(call), collection, transfer) });
      },
    }),
    route({
      method: 'POST',
      path,
      summary: 'Offer a volume to another project',
      status: 202,
      since,
      body: { [since]: body },
      handle: async (call) => {
        const { context } = call;
        const { volume_id: volumeId, name, no_snapshots } = call.body.transfer;
        const noSnapshots = no_snapshots ?? false;
        const { transferId, authKey } = await offerVolume(context, {
          volumeId,
          name: name ?? undefined,
          noSnapshots,
        });
        const transfer = await getTransferRecord(context, transferId);
        return answer(
          { transfer: { ...detail(viewerOf(call), collection, transfer), auth_key: authKey } },
          202,
        );
      },
    }),
    route({
      method: 'POST',
      path: `${item}/accept`,
      summary: 'Take a volume that another project offers',
      status: 202,
      since,
      body: { [since]: acceptance },
      handle: async (call) => {
        const { context, params, body: accepted } = call;
        const { answer: taken } = await perform(context, {
          action: 'volume.accept-transfer',
          id: context.actor.projectId,
          input: { transferId: params.transferId, authKey: accepted.accept.auth_key },
        });
        const { volumeId, name } = taken;
        const links = linksOf(viewerOf(call), collection, params.transferId);
        return answer({ transfer: { id: params.transferId, name, volume_id: volumeId, links } }, 202);
      },
    }),
    route({
      method: 'DELETE',
      path: item,
      summary: 'Withdraw the offer of a volume',
      status: 202,
      since,
      handle: async ({ context, params }) => {
        const { volume_id: id } = await getTransferRecord(context, params.transferId);
        await perform(context, { action: 'volume.delete-transfer', id, input: {} });
        return empty(202);
      },
    }),
  ];
}

export const TRANSFER_ROUTES: readonly Route[] = [
  ...routesOf('os-volume-transfer'),
  ...routesOf('volume-transfers'),
];
