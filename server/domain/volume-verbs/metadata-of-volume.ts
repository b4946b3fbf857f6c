/**
 * Names with texts that a project hangs on its volume.
 */
import { update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import {
  EXPECTED_METADATA,
  METADATA_RULES,
  METADATA_STATUS_RULE,
  outdatedRule,
  unknownOf,
  without,
} from './metadata-rules';
import { advice } from './volume-remedy';
import { volumeOf } from './volume-rules';
import { commandOf, namedKeys, pairOptions, shellWord, volumePath } from './volume-words';

export const setVolumeMetadata = defineVerb({
  name: 'volume.set-metadata',
  noun: 'volume',
  fields: {
    metadata: { kind: 'pairs', label: 'Metadata' },
    replace: {
      kind: 'flag',
      label: 'Remove all others',
      hint: 'Otherwise names that are not given stay.',
      optional: true,
    },
    expected: EXPECTED_METADATA,
  },
  life: null,
  rules: [outdatedRule(volumeOf), ...METADATA_RULES, METADATA_STATUS_RULE],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { metadata, replace } = ask.input;
    const after = replace === true ? metadata : { ...volume.metadata, ...metadata };
    return {
      changes: [update('volume', volume.id, { metadata: after })],
      subject: { volumeId: volume.id },
      job: null,
      answer: { metadata: after },
      message: `Metadata of ${volume.name} is set: ${namedKeys(Object.keys(metadata))}`,
    };
  },
  initial: (ask) => ({ metadata: volumeOf(ask).metadata }),
  steps: (ask) => [
    ask.input.replace === true
      ? `Volume ${volumeOf(ask).name} has these metadata, and no others.`
      : `Volume ${volumeOf(ask).name} has these metadata besides the others it has.`,
  ],
  spoken: (ask) => {
    const { metadata = {}, replace } = ask.input;
    return {
      command: commandOf(
        'openstack volume set',
        replace === true ? '--no-property' : '',
        pairOptions('--property', metadata),
        ask.id,
      ),
      request: {
        method: replace === true ? 'PUT' : 'POST',
        path: `${volumePath(ask)}/metadata`,
        body: { metadata },
      },
    };
  },
});

export const unsetVolumeMetadata = defineVerb({
  name: 'volume.unset-metadata',
  noun: 'volume',
  fields: { names: { kind: 'names', label: 'Names' } },
  life: null,
  rules: [
    {
      id: 'unknown-name',
      code: 'not_found',
      source: 'cinder api/v3/volume_metadata.py, delete',
      needs: ['names'],
      test: (ask) => {
        const volume = volumeOf(ask);
        const [unknown] = unknownOf(ask.input.names, volume.metadata);
        if (unknown === undefined) return null;
        return {
          message: `Volume ${volume.name} has no metadata named ${unknown}.`,
          remedy: advice('Choose a name it has.'),
        };
      },
    },
    METADATA_STATUS_RULE,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { names } = ask.input;
    const after = without(volume.metadata, names);
    return {
      changes: [update('volume', volume.id, { metadata: after })],
      subject: { volumeId: volume.id },
      job: null,
      answer: { metadata: after },
      message: `Metadata of ${volume.name} is removed: ${namedKeys(names)}`,
    };
  },
  steps: (ask) => [`Volume ${volumeOf(ask).name} has these metadata no more.`],
  spoken: (ask) => {
    const { names = [] } = ask.input;
    return {
      command: commandOf(
        'openstack volume unset',
        ...names.map((name) => `--property ${shellWord(name)}`),
        ask.id,
      ),
      request: {
        method: 'DELETE',
        path: `${volumePath(ask)}/metadata/${encodeURIComponent(names[0] ?? '')}`,
        body: null,
      },
    };
  },
});
