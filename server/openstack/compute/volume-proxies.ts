/**
 * Volumes and snapshots behind the compute API, as clients of before 2.36 ask for them.
 * Source: nova/api/openstack/compute/volumes.py and schemas/volumes.py
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { getSnapshotRecord, listSnapshotRecords } from '~/server/services/records/snapshot-records';
import { getVolumeRecord, listVolumeRecords } from '~/server/services/records/volume-records';
import { answer, empty, type Route, route } from '../route';
import { selfLink } from './links';
import { bool, metadata, PAGE_MAX, queryNumber, storedId, text255, volumeSize } from './schema-types';
import { snapshotProxy, volumeProxy } from './volume-proxies-view';

const GONE_FROM = 36;

/** Both for the short list and for the one with details: they are the same here. */
const LISTS = ['', '/detail'] as const;
const QUERY = {
  1: z.object({
    limit: queryNumber
      .default(PAGE_MAX)
      .transform((limit) => (limit === 0 ? PAGE_MAX : Math.min(limit, PAGE_MAX))),
    offset: queryNumber.default(0),
  }),
};
const every = { allProjects: false, conditions: [], sort: [] } as const;

const volumeLists = LISTS.map((suffix) =>
  route({
    method: 'GET',
    path: `/os-volumes${suffix}`,
    summary: 'List volumes',
    status: 200,
    until: GONE_FROM - 1,
    query: QUERY,
    handle: async ({ context, query }) => {
      const volumes = await listVolumeRecords(context, { ...every, ...query });
      return answer({ volumes: volumes.map(volumeProxy) });
    },
  }),
);

const showVolume = route({
  method: 'GET',
  path: '/os-volumes/:volumeId',
  summary: 'Show a volume',
  status: 200,
  until: GONE_FROM - 1,
  handle: async ({ context, params }) => {
    const volume = await getVolumeRecord(context, storedId(params.volumeId));
    return answer({ volume: volumeProxy(volume) });
  },
});

const NEW_VOLUME = {
  1: z.strictObject({
    volume: z.strictObject({
      volume_type: text255.optional(),
      metadata: metadata.optional(),
      snapshot_id: text255.optional(),
      size: volumeSize,
      availability_zone: text255.optional(),
      display_name: text255.optional(),
      display_description: text255.optional(),
    }),
  }),
};

const createVolume = route({
  method: 'POST',
  path: '/os-volumes',
  summary: 'Create a volume',
  until: GONE_FROM - 1,
  body: NEW_VOLUME,
  handle: async (call) => {
    const { context, body } = call;
    const wish = body.volume;
    const performed = await perform(context, {
      action: 'volume.create',
      id: context.actor.projectId,
      input: {
        sizeGib: wish.size,
        name: wish.display_name,
        description: wish.display_description,
        type: wish.volume_type,
        metadata: wish.metadata,
        snapshotId: wish.snapshot_id,
        availabilityZone: wish.availability_zone,
      },
    });
    const volume = await getVolumeRecord(context, String(performed.answer.volumeId));
    const { href: location } = selfLink(call, `os-volumes/${volume.id}`);
    return answer({ volume: volumeProxy({ ...volume, status: 'creating' }) }, 200, { location });
  },
});

const deleteVolume = route({
  method: 'DELETE',
  path: '/os-volumes/:volumeId',
  summary: 'Delete a volume',
  status: 202,
  until: GONE_FROM - 1,
  handle: async ({ context, params }) => {
    await perform(context, { action: 'volume.delete', id: storedId(params.volumeId), input: {} });
    return empty(202);
  },
});

const snapshotLists = LISTS.map((suffix) =>
  route({
    method: 'GET',
    path: `/os-snapshots${suffix}`,
    summary: 'List snapshots',
    status: 200,
    until: GONE_FROM - 1,
    query: QUERY,
    handle: async ({ context, query }) => {
      const snapshots = await listSnapshotRecords(context, { ...every, ...query });
      return answer({ snapshots: snapshots.map(snapshotProxy) });
    },
  }),
);

const showSnapshot = route({
  method: 'GET',
  path: '/os-snapshots/:snapshotId',
  summary: 'Show a snapshot',
  status: 200,
  until: GONE_FROM - 1,
  handle: async ({ context, params }) => {
    const snapshot = await getSnapshotRecord(context, storedId(params.snapshotId));
    return answer({ snapshot: snapshotProxy(snapshot) });
  },
});

const NEW_SNAPSHOT = {
  1: z.strictObject({
    snapshot: z.strictObject({
      volume_id: text255,
      force: bool.optional(),
      display_name: text255.optional(),
      display_description: text255.optional(),
    }),
  }),
};

const createSnapshot = route({
  method: 'POST',
  path: '/os-snapshots',
  summary: 'Create a snapshot',
  until: GONE_FROM - 1,
  body: NEW_SNAPSHOT,
  handle: async ({ context, body }) => {
    const wish = body.snapshot;
    const performed = await perform(context, {
      action: 'snapshot.create',
      id: storedId(wish.volume_id),
      input: {
        name: wish.display_name,
        description: wish.display_description,
        force: wish.force ?? false,
      },
    });
    const snapshot = await getSnapshotRecord(context, String(performed.answer.snapshotId));
    return answer({ snapshot: snapshotProxy({ ...snapshot, status: 'creating' }) });
  },
});

const deleteSnapshot = route({
  method: 'DELETE',
  path: '/os-snapshots/:snapshotId',
  summary: 'Delete a snapshot',
  status: 202,
  until: GONE_FROM - 1,
  handle: async ({ context, params }) => {
    await perform(context, { action: 'snapshot.delete', id: storedId(params.snapshotId), input: {} });
    return empty(202);
  },
});

export const VOLUME_PROXY_ROUTES: readonly Route[] = [
  ...volumeLists,
  showVolume,
  createVolume,
  deleteVolume,
  ...snapshotLists,
  showSnapshot,
  createSnapshot,
  deleteSnapshot,
];
