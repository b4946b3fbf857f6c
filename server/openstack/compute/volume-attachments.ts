/**
 * The volumes of a server: list, show, attach, change, swap, detach.
 * Source: nova/api/openstack/compute/volume_attachments.py
 */
import { changeDisk, swapDisk } from '~/server/services/change-disk';
import { perform } from '~/server/services/perform';
import { findDisk, listDisks } from '~/server/services/records/attachment-disk-records';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { storedId } from './schema-types';
import { ATTACH_BODY, CHANGE_BODY, LIST_QUERY, SWAP_BODY } from './volume-attachments-schemas';
import { attachAnswer, diskView, isShown } from './volume-attachments-view';

const COLLECTION = '/servers/:serverId/os-volume_attachments';
const MEMBER = '/servers/:serverId/os-volume_attachments/:volumeId';

function idsOf({ serverId, volumeId }: { serverId: string; volumeId: string }) {
  return { serverId: storedId(serverId), volumeId: storedId(volumeId) };
}

/** From here on clients understand everything that a verb does. */
const NOTHING_REFUSED_FROM = 60;

/** @returns the version, for verbs that refuse old clients something */
function versionOf(minor: number): { microversion?: number } {
  return minor < NOTHING_REFUSED_FROM ? { microversion: minor } : {};
}

/** Of a body of any version. */
interface AttachWish {
  volumeId: string;
  device?: string | null | undefined;
  tag?: string | undefined;
  delete_on_termination?: boolean | undefined;
}

const list = route({
  method: 'GET',
  path: COLLECTION,
  summary: 'List the volumes of a server',
  status: 200,
  query: LIST_QUERY,
  handle: async ({ context, params, query, minor }) => {
    const disks = await listDisks(context, storedId(params.serverId), query);
    const shown = disks.filter((disk) => isShown(disk, minor));
    return answer({ volumeAttachments: shown.map((disk) => diskView(disk, minor)) });
  },
});

const show = route({
  method: 'GET',
  path: MEMBER,
  summary: 'Show one volume of a server',
  status: 200,
  handle: async ({ context, params, minor }) => {
    const disk = await findDisk(context, idsOf(params));
    if (disk === null || !isShown(disk, minor)) {
      throw new FaultError(404, `Server ${params.serverId} does not have volume ${params.volumeId}.`);
    }
    return answer({ volumeAttachment: diskView(disk, minor) });
  },
});

const attach = route({
  method: 'POST',
  path: COLLECTION,
  summary: 'Attach a volume',
  status: 200,
  body: ATTACH_BODY,
  handle: async ({ context, params, body, minor }) => {
    const asked: AttachWish = body.volumeAttachment;
    const { volumeId, device, tag, delete_on_termination: deleteOnTermination } = asked;
    const performed = await perform(context, {
      action: 'volume.attach',
      id: storedId(params.serverId),
      input: {
        volumeId: storedId(volumeId),
        ...(device === null || device === undefined ? {} : { device }),
        ...(tag === undefined ? {} : { tag }),
        ...(deleteOnTermination === undefined ? {} : { deleteOnTermination }),
        ...versionOf(minor),
      },
    });
    const made = { device: performed.answer.device, tag: tag ?? null, deleteOnTermination };
    return answer({
      volumeAttachment: attachAnswer({ ...made, serverId: params.serverId, volumeId }, minor),
    });
  },
});

const swap = route({
  method: 'PUT',
  path: MEMBER,
  summary: 'Swap a volume of a server for another',
  status: 202,
  until: 84,
  body: SWAP_BODY,
  handle: async ({ context, params, body }) => {
    await swapDisk(context, idsOf(params), storedId(body.volumeAttachment.volumeId), null);
    return empty(202);
  },
});

const change = route({
  method: 'PUT',
  path: MEMBER,
  summary: 'Change whether a volume goes with its server, or swap it for another',
  status: 202,
  since: 85,
  body: CHANGE_BODY,
  handle: async ({ context, params, body: { volumeAttachment: asked } }) => {
    const ids = idsOf(params);
    const { id, serverId, device, tag, delete_on_termination: deleteOnTermination } = asked;
    const said = { id: id?.toLowerCase(), serverId: serverId?.toLowerCase(), device, tag };
    const wanted = { said, deleteOnTermination };
    const to = storedId(asked.volumeId);
    if (to === ids.volumeId) await changeDisk(context, ids, wanted);
    else await swapDisk(context, ids, to, wanted);
    return empty(202);
  },
});

const detach = route({
  method: 'DELETE',
  path: MEMBER,
  summary: 'Detach a volume',
  status: 202,
  handle: async ({ context, params, minor }) => {
    const { serverId, volumeId } = idsOf(params);
    await perform(context, {
      action: 'volume.detach',
      id: serverId,
      input: { volumeId, ...versionOf(minor) },
    });
    return empty(202);
  },
});

export const VOLUME_ATTACHMENT_ROUTES: readonly Route[] = [list, show, attach, swap, change, detach];
