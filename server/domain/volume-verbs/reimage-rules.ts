/**
 * What an image must be to replace the data of a volume, and how many may have the volume meanwhile.
 */
import type { Ask, Rule } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import type { VolumeStatus } from '../volume';
import { imageOf, sizeOfImage } from '../volume-life/create-source';
import { actionRemedy, advice, detachRemedy } from './volume-remedy';
import { policyRule, type VolumeRule, volumeOf } from './volume-rules';

const SOURCE = 'cinder volume/api.py, reimage';

export interface Reimage {
  imageId: string;
  reimageReserved?: boolean | undefined;
}

/** @returns statuses it may start from, as the caller wants it */
export function reimageStatuses(ask: Ask<object>): readonly VolumeStatus[] {
  const reserved = 'reimageReserved' in ask.input && ask.input.reimageReserved === true;
  return reserved ? ['available', 'error', 'reserved'] : ['available', 'error'];
}

const imageRule: Rule<Reimage> = {
  id: 'image-not-found',
  code: 'not_found',
  source: 'cinder api/contrib/volume_actions.py, _reimage',
  needs: ['imageId'],
  test: (ask) =>
    imageOf(ask) === null
      ? {
          message: `There is no image ${ask.input.imageId} that ${ask.actor.projectName} may use.`,
          remedy: advice('Pick one of the images there are.', 'openstack image list'),
        }
      : null,
};

const oneAttachmentRule: VolumeRule = {
  id: 'several-attachments',
  code: 'conflict',
  source: SOURCE,
  test: (ask) => {
    const volume = volumeOf(ask);
    const [first, ...rest] = attachmentsOf(ask.world, volume.id);
    if (first === undefined || rest.length === 0) return null;
    return {
      message: `Volume ${volume.name} has ${rest.length + 1} attachments; reimaging allows one at most.`,
      remedy: detachRemedy(ask, volume, first),
    };
  },
};

const imageStatusRule: Rule<Reimage> = {
  id: 'image-status',
  code: 'invalid',
  source: SOURCE,
  needs: ['imageId'],
  test: (ask) => {
    const image = imageOf(ask);
    if (image === null || image.status === 'active') return null;
    return {
      message: `Image ${image.name} is ${image.status}; reimaging needs active.`,
      remedy: advice('Choose an image that is active.'),
    };
  },
};

const imageSizeRule: Rule<Reimage> = {
  id: 'image-too-large',
  code: 'invalid',
  source: `${SOURCE}: size and min_disk of the image`,
  needs: ['imageId'],
  test: (ask) => {
    const volume = volumeOf(ask);
    const image = imageOf(ask);
    if (image === null || sizeOfImage(image) <= volume.sizeGib) return null;
    const needed = sizeOfImage(image);
    return {
      message: `Image ${image.name} needs ${needed} GiB, and volume ${volume.name} has ${volume.sizeGib}.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume.extend',
          label: `Extend ${volume.name} to ${needed} GiB`,
          projectId: volume.projectId,
          args: { volumeId: volume.id, sizeGib: String(needed) },
        },
        'Choose a smaller image.',
      ),
    };
  },
};

/** Asked before the status of the volume is looked at. */
export const REIMAGE_RULES = [
  imageRule,
  policyRule('volume:reimage_reserved', {
    id: 'reserved-policy',
    source: SOURCE,
    when: (ask: Ask<object>) => volumeOf(ask).status === 'reserved',
  }),
  oneAttachmentRule,
] as const;

/** Asked after it. */
export const REIMAGE_IMAGE_RULES = [imageStatusRule, imageSizeRule] as const;
