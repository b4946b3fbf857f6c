/**
 * Snapshots: made, shown, described, deleted, and what an administrator does to one.
 * Source: cinder/api/v3/snapshots.py, cinder/api/schemas/snapshots.py, cinder/api/contrib/{admin_actions,snapshot_actions}.py.
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { getSnapshotRecord } from '~/server/services/records/snapshot-records';
import { getVolumeRecord } from '~/server/services/records/volume-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { bool, description, metadata, name255, uuid } from './schema-types';
import { snapshotDetail, snapshotView } from './snapshot-view';
import { viewerOf } from './volume-view';

/** From here on a volume in use is no reason to insist, and not insisting is no wish. */
const IN_USE_TOO = 66;

const creation = z.strictObject({
  snapshot: z.strictObject({
    // Null is the name of no volume, and nothing worse.
    volume_id: uuid.nullable(),
    name: name255.optional(),
    display_name: name255.optional(),
    description: description.optional(),
    display_description: description.optional(),
    metadata: metadata.nullable().optional(),
    force: bool.nullable().optional(),
  }),
});

const create = route({
  method: 'POST',
  path: '/snapshots',
  summary: 'Create a snapshot',
  body: { 0: creation },
  handle: async (call) => {
    const { context, minor } = call;
    const { volume_id, force, ...wish } = call.body.snapshot;
    if (volume_id === null) throw new FaultError(404, 'A snapshot is made of a volume; none is named.');
    if (minor >= IN_USE_TOO && force === false) {
      await getVolumeRecord(context, volume_id);
      throw new FaultError(
        400,
        'Snapshots are made of volumes in use too; force cannot be false from 3.66 on.',
      );
    }
    const { answer: made } = await perform(context, {
      action: 'snapshot.create',
      id: volume_id,
      input: {
        name: wish.name ?? wish.display_name ?? undefined,
        description: wish.description ?? wish.display_description ?? undefined,
        metadata: wish.metadata ?? undefined,
        force: minor >= IN_USE_TOO ? undefined : (force ?? false),
      },
    });
    const snapshot = await getSnapshotRecord(context, String(made.snapshotId));
    // As it was accepted: it may have come further since.
    const accepted = { ...snapshot, status: 'creating', updated_at: null } as const;
    return answer({ snapshot: snapshotView(viewerOf(call), accepted) }, 202);
  },
});

const show = route({
  method: 'GET',
  path: '/snapshots/:snapshotId',
  summary: 'Show a snapshot',
  status: 200,
  handle: async (call) => {
    const snapshot = await getSnapshotRecord(call.context, call.params.snapshotId);
    return answer({ snapshot: snapshotDetail(viewerOf(call), snapshot) });
  },
});

const changes = z
  .strictObject({
    name: name255.optional(),
    display_name: name255.optional(),
    description: description.optional(),
    display_description: description.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, { error: 'expects something to change' });

const update = route({
  method: 'PUT',
  path: '/snapshots/:snapshotId',
  summary: 'Change what is said about a snapshot',
  status: 200,
  body: { 0: z.strictObject({ snapshot: changes }) },
  handle: async (call) => {
    const { context, params } = call;
    const { name, display_name, description: said, display_description } = call.body.snapshot;
    await perform(context, {
      action: 'snapshot.update',
      id: params.snapshotId,
      input: {
        name: nothingIfNull(name === undefined ? display_name : name),
        description: nothingIfNull(said === undefined ? display_description : said),
      },
    });
    const snapshot = await getSnapshotRecord(context, params.snapshotId);
    return answer({ snapshot: snapshotView(viewerOf(call), snapshot) });
  },
});

/** Null takes a text away; a text that is not given stays. */
function nothingIfNull(text: string | null | undefined): string | undefined {
  return text === null ? '' : text;
}

const remove = route({
  method: 'DELETE',
  path: '/snapshots/:snapshotId',
  summary: 'Delete a snapshot',
  status: 202,
  handle: async ({ context, params }) => {
    await perform(context, { action: 'snapshot.delete', id: params.snapshotId, input: {} });
    return empty(202);
  },
});

export const SNAPSHOT_ROUTES: readonly Route[] = [create, show, update, remove];
