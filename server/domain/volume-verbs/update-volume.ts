/**
 * What people call a volume, and say about it.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { METADATA_RULES } from './metadata-rules';
import { advice } from './volume-remedy';
import { notStatusRule, volumeOf } from './volume-rules';
import { commandOf, option, pairOptions, volumePath } from './volume-words';

interface Edit {
  description?: string | undefined;
}

/** Line breaks and other control characters break lists and logs. */
export const printableRule: Rule<Edit> = {
  id: 'description-not-printable',
  code: 'invalid',
  source: 'cinder api/validation/parameter_types.py, description',
  test: ({ input }) =>
    /\p{Cc}/u.test(input.description ?? '')
      ? {
          message: 'The description has characters that cannot be printed.',
          remedy: advice('Leave out line breaks and other control characters.'),
        }
      : null,
};

export const updateVolume = defineVerb({
  name: 'volume.update',
  noun: 'volume',
  fields: {
    name: { kind: 'text', label: 'Name', max: 255, optional: true },
    description: { kind: 'text', label: 'Description', max: 255, optional: true },
    metadata: {
      kind: 'pairs',
      label: 'Metadata',
      hint: 'These, and no others.',
      optional: true,
    },
  },
  life: null,
  rules: [
    printableRule,
    ...METADATA_RULES,
    notStatusRule(['maintenance'], { doing: 'editing', source: 'cinder volume/api.py, update' }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { name, description, metadata } = ask.input;
    const called = name?.trim() ?? volume.name;
    return {
      changes: [
        update('volume', volume.id, {
          name: called,
          ...(description === undefined ? {} : { description: description.trim() }),
          ...(metadata === undefined ? {} : { metadata }),
        }),
      ],
      subject: { volumeId: volume.id },
      job: null,
      message: called === volume.name ? `${called} is edited` : `${volume.name} is called ${called}`,
    };
  },
  initial: (ask) => {
    const { name, description, metadata } = volumeOf(ask);
    return { name, description: description ?? '', metadata };
  },
  steps: (ask) => [
    `What is said about volume ${volumeOf(ask).name} changes; nothing happens on its backend.`,
  ],
  spoken: (ask) => {
    const { name, description, metadata } = ask.input;
    return {
      command: commandOf(
        'openstack volume set',
        option('--name', name),
        option('--description', description),
        metadata === undefined ? '' : commandOf('--no-property', pairOptions('--property', metadata)),
        ask.id,
      ),
      request: {
        method: 'PUT',
        path: volumePath(ask),
        body: {
          volume: {
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description }),
            ...(metadata === undefined ? {} : { metadata }),
          },
        },
      },
    };
  },
});
