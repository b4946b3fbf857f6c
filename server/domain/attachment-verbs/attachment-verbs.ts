/**
 * The verbs on attachments, and those on a volume that claim, connect, mark and free it.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { beginDetaching, reserveVolume, rollDetaching, unreserveVolume } from './claim-volume';
import { completeAttachment } from './complete-attachment';
import { createAttachment } from './create-attachment';
import { deleteAttachment } from './delete-attachment';
import { forceDetach } from './force-detach';
import { initializeConnection, terminateConnection } from './legacy-connection';
import { markAttached } from './mark-attached';
import { markDetached } from './mark-detached';
import { setDeleteOnTermination } from './set-delete-on-termination';
import { swapVolume } from './swap-volume';
import { tellSize } from './tell-size';
import { updateAttachment } from './update-attachment';

export const ATTACHMENT_VERBS = {
  'attachment.create': createAttachment,
  'attachment.update': updateAttachment,
  'attachment.complete': completeAttachment,
  'attachment.delete': deleteAttachment,
  'attachment.set-delete-on-termination': setDeleteOnTermination,
  'attachment.swap': swapVolume,
  'attachment.tell-size': tellSize,
  'volume.reserve': reserveVolume,
  'volume.unreserve': unreserveVolume,
  'volume.begin-detaching': beginDetaching,
  'volume.roll-detaching': rollDetaching,
  'volume.mark-attached': markAttached,
  'volume.mark-detached': markDetached,
  'volume.force-detach': forceDetach,
  'volume.initialize-connection': initializeConnection,
  'volume.terminate-connection': terminateConnection,
} satisfies Partial<Record<VerbName, AnyVerb>>;
