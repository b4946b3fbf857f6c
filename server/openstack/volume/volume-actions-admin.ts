/**
 * The actions of administrators, and of services that act as one.
 * Source: cinder/api/contrib/admin_actions.py, volume_unmanage.py and volume_actions.py, and their schemas.
 */
import { z } from 'zod';
import { MIGRATION_RESETS, RESET_STATUSES } from '~/server/domain/volume-verbs/reset-status';
import { getVolumeRecord } from '~/server/services/records/volume-records';
import { authorizeFor } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route } from '../route';
import { soonEnded } from './ended';
import { bool, text255, uuid } from './schema-types';
import { type ActionCall, act, volumeAction } from './volume-action';

const COMPLETE_EXTEND = 71;
const MIGRATE_TO_CLUSTER = 16;

/** Null and an empty text say nothing; upper case is as good as lower. */
const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z
    .string({ error: 'expects a text or null' })
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['', ...names], { error: `expects one of ${names.join(', ')}` }))
    .nullish()
    .transform((name) => (name === '' || name === null ? undefined : name) as Name | undefined);

const reset = z
  .strictObject({
    status: oneOf([...RESET_STATUSES, 'deleting']),
    attach_status: oneOf(['attached', 'detached']),
    migration_status: oneOf(MIGRATION_RESETS),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: 'expects status, attach_status or migration_status',
  });

/** Whatever upstream takes for an error: words for no, which it takes for yes, mean no. */
const failed = z
  .union([bool, z.string(), z.null()], { error: 'expects a yes, a text or null' })
  .optional()
  .transform((given) => (typeof given === 'string' ? given !== '' : given === true));

const destination = {
  host: text255,
  force_host_copy: bool.optional(),
  lock_volume: bool.optional(),
};
const migrate = z.strictObject(destination);
const migrateToCluster = z.strictObject({
  ...destination,
  host: text255.nullish(),
  cluster: text255.nullish(),
});

/** A status that is known, and that nobody would end: refused after all that is asked before. */
async function refuseDeleting({ context, params }: ActionCall<unknown>): Promise<never> {
  const { name, project_id: projectId } = await getVolumeRecord(context, params.volumeId);
  authorizeFor(context, 'volume_extension:volume_admin_actions:reset_status', projectId);
  throw new FaultError(
    400,
    `Volume ${name} cannot be set to deleting: nobody would delete it. Delete it, by force if need be, or set another status.`,
  );
}

export const ADMIN_ACTION_ROUTES: readonly Route[] = [
  volumeAction({
    action: 'os-reset_status',
    summary: 'Reset the status of a volume',
    status: 202,
    body: { 0: reset },
    handle: async (call) => {
      const { status, attach_status: attachStatus, migration_status: migrationStatus } = call.body;
      if (status === 'deleting') return refuseDeleting(call);
      await act(call, 'volume.reset-status', { status, attachStatus, migrationStatus });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-force_delete',
    summary: 'Delete a volume by force',
    status: 202,
    handle: async (call) => {
      await act(call, 'volume.force-delete');
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-unmanage',
    summary: 'Stop managing a volume',
    status: 202,
    handle: async (call) => {
      await soonEnded(call.context, await act(call, 'volume.unmanage'));
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-migrate_volume',
    summary: 'Migrate a volume',
    status: 202,
    body: { 0: migrate, [MIGRATE_TO_CLUSTER]: migrateToCluster },
    handle: async (call) => {
      const { host, force_host_copy: forceHostCopy, lock_volume: lockVolume } = call.body;
      const cluster = 'cluster' in call.body ? call.body.cluster : undefined;
      const given = (text: string | null | undefined) => (text === null || text === '' ? undefined : text);
      const input = { host: given(host), cluster: given(cluster), forceHostCopy, lockVolume };
      await act(call, 'volume.migrate', input);
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-migrate_volume_completion',
    summary: 'Complete the migration of a volume',
    status: 200,
    body: { 0: z.strictObject({ new_volume: uuid, error: failed }) },
    handle: async (call) => {
      const { new_volume: newVolumeId, error } = call.body;
      const performed = await act(call, 'volume.complete-migration', { newVolumeId, error });
      return answer({ save_volume_id: performed.answer.volumeId });
    },
  }),
  volumeAction({
    action: 'os-extend_volume_completion',
    summary: 'Complete the extend of a volume',
    status: 202,
    since: COMPLETE_EXTEND,
    body: { [COMPLETE_EXTEND]: z.strictObject({ error: failed }) },
    handle: async (call) => {
      await act(call, 'volume.complete-extend', { error: call.body.error });
      return empty(202);
    },
  }),
];
