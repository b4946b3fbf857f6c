/**
 * Whether and how volumes of a type are encrypted. It is decided before there are any.
 */
import { CONTROL_LOCATIONS } from '../encryption';
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { isMultiattachType } from '../volume-life/type-of-volume';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, option, shellWord } from '../volume-verbs/volume-words';
import { typeOf, typePath, unusedRule } from './type-rules';

const SOURCE = 'cinder api/contrib/volume_type_encryption.py';
const MOST_BITS = 2_147_483_647;

const LOCATION = {
  kind: 'choice',
  label: 'Encrypted by',
  options: CONTROL_LOCATIONS,
  words: { 'front-end': 'Hosts', 'back-end': 'Storage' },
} as const;
const CIPHER = {
  kind: 'text',
  label: 'Cipher',
  hint: 'e.g. aes-xts-plain64',
  max: 255,
  optional: true,
} as const;
const KEY_SIZE = {
  kind: 'integer',
  label: 'Size of keys',
  unit: 'bits',
  min: 0,
  max: MOST_BITS,
  optional: true,
} as const;
const PROVIDER = { kind: 'text', label: 'Provider', hint: 'e.g. luks', max: 255 } as const;

/** @returns null where it is left to the provider, which an empty text says */
function cipherOf(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

const newRule: Rule<object> = {
  id: 'encrypted-already',
  code: 'invalid',
  source: `${SOURCE}, create: VolumeTypeEncryptionExists`,
  test: (ask) =>
    typeOf(ask).encryption == null
      ? null
      : {
          message: `Volumes of type ${typeOf(ask).name} are encrypted already.`,
          remedy: advice('Change how, instead.'),
        },
};

const thereRule: Rule<object> = {
  id: 'not-encrypted',
  code: 'not_found',
  source: `${SOURCE}: VolumeTypeEncryptionNotFound`,
  test: (ask) =>
    typeOf(ask).encryption == null
      ? { message: `Volumes of type ${typeOf(ask).name} are not encrypted.` }
      : null,
};

/** Upstream finds it out with each volume. */
const singleRule: Rule<object> = {
  id: 'multiattach',
  code: 'invalid',
  source: 'cinder volume/flows/api/create_volume.py: multiattach and encryption exclude each other',
  test: (ask) =>
    isMultiattachType(typeOf(ask))
      ? {
          message: `Volumes of type ${typeOf(ask).name} can be on several servers, and could not be encrypted.`,
        }
      : null,
};

const roots = ({ id }: { id: string }) => ({ volumesOfTypes: [id] });

export const encryptType = defineVerb({
  name: 'volume-type.create-encryption',
  noun: 'volumeType',
  fields: { provider: PROVIDER, controlLocation: LOCATION, cipher: CIPHER, keySize: KEY_SIZE },
  life: null,
  roots,
  rules: [unusedRule('encrypting its volumes', `${SOURCE}, create`), newRule, singleRule],
  plan: (ask) => {
    const { id, name } = typeOf(ask);
    const { provider, controlLocation, cipher, keySize } = ask.input;
    const encryptionId = ask.fresh();
    const encryption = {
      id: encryptionId,
      provider,
      controlLocation,
      cipher: cipherOf(cipher),
      keySize: keySize ?? null,
    };
    return {
      changes: [update('volumeType', id, { encryption })],
      subject: { volumeTypeId: id },
      job: null,
      answer: { encryptionId },
      message: `Volumes of type ${name} are encrypted`,
    };
  },
  initial: () => ({ controlLocation: 'front-end' }) as const,
  steps: (ask) => [`New volumes of type ${typeOf(ask).name} are encrypted, each with a key of its own.`],
  spoken: (ask) => {
    const { provider = '', controlLocation = 'front-end', cipher, keySize } = ask.input;
    return {
      command: commandOf(
        'openstack volume type set',
        `--encryption-provider ${shellWord(provider)}`,
        option('--encryption-cipher', cipher),
        option('--encryption-key-size', keySize?.toString()),
        `--encryption-control-location ${controlLocation}`,
        ask.id,
      ),
      request: {
        method: 'POST',
        path: `${typePath(ask)}/encryption`,
        body: {
          encryption: {
            provider,
            control_location: controlLocation,
            cipher: cipherOf(cipher),
            key_size: keySize ?? null,
          },
        },
      },
    };
  },
});

export const updateEncryption = defineVerb({
  name: 'volume-type.update-encryption',
  noun: 'volumeType',
  fields: {
    provider: { ...PROVIDER, optional: true },
    controlLocation: { ...LOCATION, optional: true },
    cipher: CIPHER,
    keySize: KEY_SIZE,
  },
  life: null,
  roots,
  rules: [unusedRule('changing how they are encrypted', `${SOURCE}, update`), thereRule],
  plan: (ask) => {
    const { id, name, encryption } = typeOf(ask);
    if (encryption == null) throw new Error('the rules have let a type pass that is not encrypted');
    const { provider, controlLocation, cipher, keySize } = ask.input;
    const changed = {
      ...encryption,
      ...(provider === undefined ? {} : { provider }),
      ...(controlLocation === undefined ? {} : { controlLocation }),
      ...(cipher === undefined ? {} : { cipher: cipherOf(cipher) }),
      ...(keySize === undefined ? {} : { keySize }),
    };
    return {
      changes: [update('volumeType', id, { encryption: changed })],
      subject: { volumeTypeId: id },
      job: null,
      message: `How volumes of type ${name} are encrypted is changed`,
    };
  },
  initial: (ask) => {
    const { encryption } = typeOf(ask);
    if (encryption == null) return {};
    const { provider, controlLocation, cipher, keySize } = encryption;
    return { provider, controlLocation, cipher: cipher ?? '', ...(keySize === null ? {} : { keySize }) };
  },
  steps: (ask) => [`New volumes of type ${typeOf(ask).name} are encrypted this way.`],
  spoken: (ask) => {
    const { provider, controlLocation, cipher, keySize } = ask.input;
    return {
      command: commandOf(
        'openstack volume type set',
        option('--encryption-provider', provider),
        option('--encryption-cipher', cipher),
        option('--encryption-key-size', keySize?.toString()),
        option('--encryption-control-location', controlLocation),
        ask.id,
      ),
      request: {
        method: 'PUT',
        path: `${typePath(ask)}/encryption/${typeOf(ask).encryption?.id ?? '<encryption>'}`,
        body: {
          encryption: {
            ...(provider === undefined ? {} : { provider }),
            ...(controlLocation === undefined ? {} : { control_location: controlLocation }),
            ...(cipher === undefined ? {} : { cipher: cipherOf(cipher) }),
            ...(keySize === undefined ? {} : { key_size: keySize }),
          },
        },
      },
    };
  },
});

export const deleteEncryption = defineVerb({
  name: 'volume-type.delete-encryption',
  noun: 'volumeType',
  fields: {},
  life: null,
  roots,
  rules: [unusedRule('no longer encrypting them', `${SOURCE}, delete`), thereRule],
  plan: (ask) => {
    const { id, name } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { encryption: null })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Volumes of type ${name} are not encrypted any more`,
    };
  },
  steps: (ask) => [`New volumes of type ${typeOf(ask).name} are not encrypted.`],
  spoken: (ask) => ({
    command: `openstack volume type unset --encryption-type ${ask.id}`,
    request: {
      method: 'DELETE',
      path: `${typePath(ask)}/encryption/${typeOf(ask).encryption?.id ?? '<encryption>'}`,
      body: null,
    },
  }),
});
