/**
 * Every verb of the engine. A name of the catalogue that has no verb here does not compile.
 */
import type { ActionName } from './action';
import { ATTACHMENT_VERBS } from './attachment-verbs/attachment-verbs';
import { attachVerb } from './disk-verbs/attach';
import { detachVerb } from './disk-verbs/detach';
import type { AnyVerb } from './engine/verb';
import { IMAGE_VERBS } from './image-verbs/image-verbs';
import { QOS_VERBS } from './qos-verbs/qos-verbs';
import { QUOTA_VERBS } from './quota-verbs/quota-verbs';
import { SERVER_POWER_VERBS } from './server-power-verbs';
import { SERVER_LIFE_VERBS } from './server-verbs/server-life-verbs';
import { SERVICE_VERBS } from './service-verbs/service-verbs';
import { SNAPSHOT_VERBS } from './snapshot-verbs/snapshot-verbs';
import { VOLUME_LIFE_VERBS } from './volume-life/volume-life';
import { VOLUME_TYPE_VERBS } from './volume-type-verbs/volume-type-verbs';
import { VOLUME_ACTION_VERBS } from './volume-verbs/volume-actions';

export const VERBS: Record<ActionName, AnyVerb> = {
  'volume.attach': attachVerb,
  'volume.detach': detachVerb,
  ...SERVER_POWER_VERBS,
  ...SERVER_LIFE_VERBS,
  ...VOLUME_ACTION_VERBS,
  ...ATTACHMENT_VERBS,
  ...VOLUME_LIFE_VERBS,
  ...SNAPSHOT_VERBS,
  ...VOLUME_TYPE_VERBS,
  ...QOS_VERBS,
  ...QUOTA_VERBS,
  ...IMAGE_VERBS,
  ...SERVICE_VERBS,
};
