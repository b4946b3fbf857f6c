/**
 * The attachments of the Block Storage API.
 * Source: cinder/api/v3/attachments.py, cinder/api/schemas/attachments.py
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { getAttachmentRecord, listAttachmentRecords } from '~/server/services/records/attachment-records';
import { answer, type Call, empty, type Route, route } from '../route';
import { attachmentDetail, attachmentSummary } from './attachment-view';
import { ended } from './ended';
import { type FilterRules, type ListQuery, listingOf, listQueries } from './listing';
import { PAGE_MAX, uuid } from './schema-types';

const ATTACHMENTS = 27;
const COMPLETE = 44;
const MODE = 54;

const connector = z.record(z.string(), z.json(), { error: 'expects an object' });
const creation = z.strictObject({
  volume_uuid: uuid,
  instance_uuid: uuid.optional(),
  connector: connector.nullish(),
});
const creationWithMode = creation.extend({ mode: z.enum(['rw', 'ro']).optional() });
const body = <Shape extends z.ZodType>(attachment: Shape) => z.strictObject({ attachment });

const changed = body(
  z.strictObject({
    connector: connector.refine((given) => Object.keys(given).length > 0, {
      error: 'expects at least a host',
    }),
  }),
);

export const FILTERS: FilterRules = {
  known: ['volume_id', 'instance_id', 'attach_status', 'status'],
  since: {},
  read: {
    instance_id: (value) => [{ key: 'instance_uuid', how: 'is', value }],
    // Upstream takes it and then never finds anything.
    status: (value) => [{ key: 'attach_status', how: 'is', value }],
  },
};

async function listed(call: Call<string, ListQuery, unknown>, detail: boolean) {
  const { all_tenants: everywhere, ...query } = call.query;
  // Being there is enough, whatever it says.
  const asked = everywhere === undefined ? query : { ...query, all_tenants: 'true' };
  const found = await listAttachmentRecords(call.context, listingOf(call, asked, FILTERS), detail);
  return answer({ attachments: found.map(detail ? attachmentDetail : attachmentSummary) });
}

async function shown({ context }: Pick<Call<string, unknown, unknown>, 'context'>, id: string) {
  return answer({ attachment: attachmentDetail(await getAttachmentRecord(context, id)) });
}

/** Whoever has it connected is told the mode it has, also where nobody has chosen one. */
async function connected({ context }: Pick<Call<string, unknown, unknown>, 'context'>, id: string) {
  const attachment = await getAttachmentRecord(context, id);
  const mode = attachment.mode ?? (attachment.connection === null ? null : 'rw');
  return answer({ attachment: attachmentDetail({ ...attachment, mode }) });
}

export const ATTACHMENT_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/attachments',
    summary: 'List attachments',
    status: 200,
    since: ATTACHMENTS,
    query: listQueries(FILTERS, { from: ATTACHMENTS }),
    handle: (call) => listed(call, false),
  }),
  route({
    method: 'GET',
    path: '/attachments/detail',
    summary: 'List attachments in detail',
    status: 200,
    since: ATTACHMENTS,
    query: listQueries(FILTERS, { from: ATTACHMENTS }),
    handle: (call) => listed(call, true),
  }),
  route({
    method: 'GET',
    path: '/attachments/:attachmentId',
    summary: 'Show an attachment',
    status: 200,
    since: ATTACHMENTS,
    handle: (call) => shown(call, call.params.attachmentId),
  }),
  route({
    method: 'POST',
    path: '/attachments',
    summary: 'Create an attachment',
    status: 200,
    since: ATTACHMENTS,
    body: { [ATTACHMENTS]: body(creation), [MODE]: body(creationWithMode) },
    handle: async (call) => {
      const { volume_uuid: id, instance_uuid: instanceId, connector: given, ...rest } = call.body.attachment;
      const mode = 'mode' in rest ? rest.mode : undefined;
      const performed = await perform(call.context, {
        action: 'attachment.create',
        id,
        input: { instanceId, mode, connector: given ?? undefined },
      });
      await ended(call.context, performed);
      return connected(call, String(performed.answer.attachmentId));
    },
  }),
  route({
    method: 'PUT',
    path: '/attachments/:attachmentId',
    summary: 'Connect an attachment',
    status: 200,
    since: ATTACHMENTS,
    body: { [ATTACHMENTS]: changed },
    handle: async (call) => {
      const id = call.params.attachmentId;
      const performed = await perform(call.context, {
        action: 'attachment.update',
        id,
        input: { connector: call.body.attachment.connector },
      });
      await ended(call.context, performed);
      return connected(call, id);
    },
  }),
  route({
    method: 'DELETE',
    path: '/attachments/:attachmentId',
    summary: 'Delete an attachment',
    status: 200,
    since: ATTACHMENTS,
    handle: async (call) => {
      const id = call.params.attachmentId;
      const { volume_id: volumeId } = await getAttachmentRecord(call.context, id);
      await ended(call.context, await perform(call.context, { action: 'attachment.delete', id, input: {} }));
      // Hosts decide by those that are left whether a target that several share may be logged out of.
      const left = await listAttachmentRecords(
        call.context,
        {
          allProjects: true,
          conditions: [{ key: 'volume_id', how: 'is', value: volumeId }],
          sort: [],
          limit: PAGE_MAX,
        },
        false,
      );
      return answer({ attachments: left.map(attachmentSummary) });
    },
  }),
  route({
    method: 'POST',
    path: '/attachments/:attachmentId/action',
    action: 'os-complete',
    summary: 'Complete an attachment',
    status: 204,
    since: COMPLETE,
    handle: async (call) => {
      await perform(call.context, {
        action: 'attachment.complete',
        id: call.params.attachmentId,
        input: {},
      });
      return empty(204);
    },
  }),
];
