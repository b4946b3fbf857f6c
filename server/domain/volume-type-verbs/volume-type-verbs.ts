/**
 * Everything that is done with volume types.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { createVolumeType, deleteVolumeType, updateVolumeType } from './edit-type';
import { setExtraSpecs, unsetExtraSpecs } from './extra-specs';
import { addAccess, removeAccess } from './type-access';
import { deleteEncryption, encryptType, updateEncryption } from './type-encryption';

export const VOLUME_TYPE_VERBS = {
  'volume-type.create': createVolumeType,
  'volume-type.update': updateVolumeType,
  'volume-type.delete': deleteVolumeType,
  'volume-type.set-extra-specs': setExtraSpecs,
  'volume-type.unset-extra-specs': unsetExtraSpecs,
  'volume-type.add-access': addAccess,
  'volume-type.remove-access': removeAccess,
  'volume-type.create-encryption': encryptType,
  'volume-type.update-encryption': updateEncryption,
  'volume-type.delete-encryption': deleteEncryption,
} satisfies Partial<Record<VerbName, AnyVerb>>;
