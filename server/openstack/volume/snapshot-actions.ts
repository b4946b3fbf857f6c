/**
 * What an administrator does to a snapshot, and what the host says that makes one.
 * Source: cinder/api/contrib/admin_actions.py, SnapshotAdminController; cinder/api/contrib/snapshot_actions.py.
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { empty, type Route, route } from '../route';

/** Statuses that can be told, whatever an operation has to do with them (cinder objects/fields.py, SnapshotStatus). */
const status = z.enum(
  [
    'error',
    'available',
    'creating',
    'deleting',
    'deleted',
    'updating',
    'error_deleting',
    'unmanaging',
    'backing-up',
    'restoring',
  ],
  { error: 'expects a status of snapshots' },
);

const path = '/snapshots/:snapshotId/action';

const resetStatus = route({
  method: 'POST',
  path,
  action: 'os-reset_status',
  summary: 'Set the status of a snapshot',
  status: 202,
  body: { 0: z.strictObject({ status }) },
  handle: async ({ context, params, body }) => {
    await perform(context, { action: 'snapshot.reset-status', id: params.snapshotId, input: body });
    return empty(202);
  },
});

const forceDelete = route({
  method: 'POST',
  path,
  action: 'os-force_delete',
  summary: 'Delete a snapshot whatever its status',
  status: 202,
  handle: async ({ context, params }) => {
    await perform(context, { action: 'snapshot.force-delete', id: params.snapshotId, input: {} });
    return empty(202);
  },
});

const progress = z
  .string()
  .regex(/^(100|\d{1,2})%$/, { error: 'expects a percentage such as 80%' })
  .transform((text) => Number(text.slice(0, -1)))
  .nullable()
  .optional();

const report = route({
  method: 'POST',
  path,
  action: 'os-update_snapshot_status',
  summary: 'Tell how far the making or the deletion of a snapshot is',
  body: { 0: z.strictObject({ status, progress }) },
  handle: async ({ context, params, body }) => {
    const input = { status: body.status, progress: body.progress ?? undefined };
    await perform(context, { action: 'snapshot.report', id: params.snapshotId, input });
    return empty(202);
  },
});

export const SNAPSHOT_ACTION_ROUTES: readonly Route[] = [resetStatus, forceDelete, report];
