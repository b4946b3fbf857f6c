/**
 * What a volume says of the image that its data came from: it decides how a server boots from it.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import {
  IMAGE_METADATA_RULES,
  METADATA_STATUS_RULE,
  MOST_IMAGE_VALUE_BYTES,
  unknownOf,
  without,
} from './metadata-rules';
import { advice } from './volume-remedy';
import { policyRule, volumeOf } from './volume-rules';
import { commandOf, namedKeys, pairOptions, shellWord, volumeAction } from './volume-words';

const SOURCE = 'cinder api/contrib/volume_image_metadata.py';

export const setImageMetadata = defineVerb({
  name: 'volume.set-image-metadata',
  noun: 'volume',
  fields: { metadata: { kind: 'pairs', label: 'Image metadata', max: MOST_IMAGE_VALUE_BYTES } },
  life: null,
  rules: [
    ...IMAGE_METADATA_RULES,
    policyRule<object>('volume:update_volume_metadata', { id: 'metadata-policy', source: SOURCE }),
    METADATA_STATUS_RULE,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { metadata } = ask.input;
    const after = { ...volume.imageMetadata, ...metadata };
    // None at all is not the same as none of these: a volume without any was never an image's.
    const kept = Object.keys(after).length === 0 ? null : after;
    return {
      changes: [update('volume', volume.id, { imageMetadata: kept })],
      subject: { volumeId: volume.id },
      job: null,
      answer: { metadata: after },
      message: `Image metadata of ${volume.name} is set: ${namedKeys(Object.keys(metadata))}`,
    };
  },
  initial: (ask) => ({ metadata: volumeOf(ask).imageMetadata ?? {} }),
  steps: (ask) => [
    `Volume ${volumeOf(ask).name} has these image metadata besides the others it has; a server that boots from it gets them.`,
  ],
  spoken: (ask) => {
    const { metadata = {} } = ask.input;
    return volumeAction(
      ask,
      commandOf('openstack volume set', pairOptions('--image-property', metadata), ask.id),
      { 'os-set_image_metadata': { metadata } },
    );
  },
});

interface Names {
  names: readonly string[];
}

const anyRule: Rule<Names> = {
  id: 'no-image-metadata',
  code: 'not_found',
  source: `${SOURCE}, delete`,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.imageMetadata !== null) return null;
    return {
      message: `Volume ${volume.name} has no image metadata.`,
      remedy: advice('There is nothing to remove.'),
    };
  },
};

const unknownRule: Rule<Names> = {
  id: 'unknown-name',
  code: 'not_found',
  source: `${SOURCE}, delete`,
  needs: ['names'],
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.imageMetadata === null) return null;
    const [unknown] = unknownOf(ask.input.names, volume.imageMetadata);
    if (unknown === undefined) return null;
    return {
      message: `Volume ${volume.name} has no image metadata named ${unknown}.`,
      remedy: advice('Choose a name it has.'),
    };
  },
};

export const unsetImageMetadata = defineVerb({
  name: 'volume.unset-image-metadata',
  noun: 'volume',
  fields: { names: { kind: 'names', label: 'Names' } },
  life: null,
  rules: [
    policyRule<object>('volume:get_volume_metadata', { id: 'look-policy', source: SOURCE }),
    anyRule,
    unknownRule,
    policyRule<object>('volume:delete_volume_metadata', { id: 'metadata-policy', source: SOURCE }),
    METADATA_STATUS_RULE,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { names } = ask.input;
    const after = without(volume.imageMetadata ?? {}, names);
    return {
      changes: [
        update('volume', volume.id, { imageMetadata: Object.keys(after).length === 0 ? null : after }),
      ],
      subject: { volumeId: volume.id },
      job: null,
      message: `Image metadata of ${volume.name} is removed: ${namedKeys(names)}`,
    };
  },
  steps: (ask) => [
    `Volume ${volumeOf(ask).name} has these image metadata no more; servers that boot from it do without.`,
  ],
  spoken: (ask) => {
    const { names = [] } = ask.input;
    return volumeAction(
      ask,
      commandOf(
        'openstack volume unset',
        ...names.map((name) => `--image-property ${shellWord(name)}`),
        ask.id,
      ),
      { 'os-unset_image_metadata': { key: names[0] ?? '' } },
    );
  },
});
