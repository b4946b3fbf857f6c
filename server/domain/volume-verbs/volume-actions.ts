/**
 * The actions on one volume, except for its attachments, its place and its beginning and end.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { acceptTransfer } from './accept-transfer';
import { completeExtend } from './complete-extend';
import { extendVolume } from './extend-volume';
import { setImageMetadata, unsetImageMetadata } from './image-metadata-of-volume';
import { setVolumeMetadata, unsetVolumeMetadata } from './metadata-of-volume';
import { reimageVolume } from './reimage-volume';
import { resetStatus } from './reset-status';
import { revertVolume } from './revert-volume';
import { createTransfer, deleteTransfer } from './transfer-volume';
import { unmanageVolume } from './unmanage-volume';
import { updateVolume } from './update-volume';
import { uploadVolume } from './upload-volume';
import { setBootable, setReadonly } from './volume-flags';

export const VOLUME_ACTION_VERBS = {
  'volume.update': updateVolume,
  'volume.set-metadata': setVolumeMetadata,
  'volume.unset-metadata': unsetVolumeMetadata,
  'volume.extend': extendVolume,
  'volume.complete-extend': completeExtend,
  'volume.reset-status': resetStatus,
  'volume.revert': revertVolume,
  'volume.set-image-metadata': setImageMetadata,
  'volume.unset-image-metadata': unsetImageMetadata,
  'volume.unmanage': unmanageVolume,
  'volume.set-bootable': setBootable,
  'volume.upload-to-image': uploadVolume,
  'volume.set-readonly': setReadonly,
  'volume.reimage': reimageVolume,
  'volume.create-transfer': createTransfer,
  'volume.delete-transfer': deleteTransfer,
  'volume.accept-transfer': acceptTransfer,
} satisfies Partial<Record<VerbName, AnyVerb>>;
