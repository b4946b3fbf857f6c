/**
 * What requests for the volumes of a server may hold, by version.
 * Source: nova/api/openstack/compute/schemas/volume_attachments.py
 */
import { z } from 'zod';
import { bool, device, PAGE_MAX, queryNumber, tag, uuid } from './schema-types';

const attachFrom1 = { volumeId: uuid, device: device.optional() };
const attachFrom49 = { ...attachFrom1, tag: tag.optional() };
const attachFrom79 = { ...attachFrom49, delete_on_termination: bool.default(false) };

function wrapped<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ volumeAttachment: z.strictObject(shape) });
}

export const ATTACH_BODY = {
  1: wrapped(attachFrom1),
  49: wrapped(attachFrom49),
  79: wrapped(attachFrom79),
};

const changeFrom1 = { volumeId: uuid };

export const SWAP_BODY = { 1: wrapped(changeFrom1) };

/** What a client has read and sends back is fine, as long as it is still so; except a tag of null, as upstream. */
export const CHANGE_BODY = {
  85: wrapped({
    ...changeFrom1,
    delete_on_termination: bool.optional(),
    id: uuid.optional(),
    serverId: uuid.optional(),
    device: device.optional(),
    tag: tag.optional(),
  }),
};

const page = {
  // None at all is as good as the most, which is what it asks for (nova/api/openstack/common.py, limited).
  limit: queryNumber
    .default(PAGE_MAX)
    .transform((limit) => (limit === 0 ? PAGE_MAX : Math.min(limit, PAGE_MAX))),
  offset: queryNumber.default(0),
};

export const LIST_QUERY = { 1: z.object(page), 75: z.strictObject(page) };
