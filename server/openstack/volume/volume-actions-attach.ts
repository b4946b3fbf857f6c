/**
 * The actions by which a volume is claimed, connected, recorded as attached, and freed, from before there were attachments.
 * Source: cinder/api/contrib/volume_actions.py and admin_actions.py, and their schemas.
 */
import { z } from 'zod';
import { initializeConnection } from '~/server/services/initialize-connection';
import { answer, empty, type Route } from '../route';
import { connectionData } from './attachment-view';
import { ended, inTime } from './ended';
import { text255, uuid } from './schema-types';
import { act, volumeAction } from './volume-action';

const connectorObject = z.record(z.string(), z.json(), { error: 'expects an object' });
/** A text says nothing that storage could go by. */
const connector = z.union([connectorObject, z.string().transform(() => ({}))], {
  error: 'expects an object or a text',
});
const noConnector = z.null().transform(() => undefined);

const attach = z
  .strictObject({
    mountpoint: text255.min(1, { error: 'expects at least one character' }),
    instance_uuid: uuid.optional(),
    host_name: text255.optional(),
    mode: z.enum(['rw', 'ro']).optional(),
  })
  .refine((given) => given.instance_uuid !== undefined || given.host_name !== undefined, {
    error: 'expects instance_uuid or host_name',
  });

/** Upstream stumbles over null; it says no more than an empty object. */
const detach = z
  .strictObject({ attachment_id: uuid.nullish() })
  .nullable()
  .transform((given) => given?.attachment_id ?? undefined);

const forceDetach = z.strictObject({
  connector: z.union([connector, noConnector]).optional(),
  attachment_id: z.string().nullish(),
});

const claims = [
  ['os-reserve', 'Reserve a volume', 'volume.reserve'],
  ['os-unreserve', 'Give back a reserved volume', 'volume.unreserve'],
  ['os-begin_detaching', 'Begin to detach a volume', 'volume.begin-detaching'],
  ['os-roll_detaching', 'Go back from detaching a volume', 'volume.roll-detaching'],
] as const;

export const ATTACH_ACTION_ROUTES: readonly Route[] = [
  ...claims.map(([action, summary, verb]) =>
    volumeAction({
      action,
      summary,
      status: 202,
      handle: async (call) => {
        await act(call, verb);
        return empty(202);
      },
    }),
  ),
  volumeAction({
    action: 'os-attach',
    summary: 'Record a volume as attached',
    status: 202,
    body: { 0: attach },
    handle: async (call) => {
      const { mountpoint, instance_uuid: instanceId, host_name: hostName, mode } = call.body;
      await act(call, 'volume.mark-attached', { mountpoint, instanceId, hostName, mode });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-detach',
    summary: 'Record a volume as detached',
    status: 202,
    body: { 0: detach },
    handle: async (call) => {
      await ended(call.context, await act(call, 'volume.mark-detached', { attachmentId: call.body }));
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-force_detach',
    summary: 'Detach a volume by force',
    status: 202,
    body: { 0: forceDetach },
    handle: async (call) => {
      const { connector: given, attachment_id: attachmentId } = call.body;
      const input = { connector: given, attachmentId: attachmentId ?? undefined };
      await ended(call.context, await act(call, 'volume.force-detach', input));
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-initialize_connection',
    summary: 'Connect a host to a volume',
    status: 200,
    body: { 0: z.strictObject({ connector }) },
    handle: async (call) => {
      const asked = { volumeId: call.params.volumeId, connector: call.body.connector };
      const { connection, volume } = await inTime(initializeConnection(call.context, asked));
      const data = connectionData(connection, volume);
      return answer({ connection_info: { driver_volume_type: connection.driverVolumeType, data } });
    },
  }),
  volumeAction({
    action: 'os-terminate_connection',
    summary: 'Disconnect a host from a volume',
    status: 202,
    body: { 0: z.strictObject({ connector: z.union([connector, noConnector]) }) },
    handle: async (call) => {
      await ended(
        call.context,
        await act(call, 'volume.terminate-connection', { connector: call.body.connector }),
      );
      return empty(202);
    },
  }),
];
