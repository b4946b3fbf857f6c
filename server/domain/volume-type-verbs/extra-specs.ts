/**
 * What a volume type asks of storage.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import type { Strings } from '../engine/world';
import { unknownOf, without } from '../volume-verbs/metadata-rules';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, namedKeys, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { specRules, typeOf, typePath, unusedRule } from './type-rules';

const SOURCE = 'cinder api/contrib/types_extra_specs.py';
const UNUSED = unusedRule('changing its extra specs', `${SOURCE}, _check_type_in_use`);

export const setExtraSpecs = defineVerb({
  name: 'volume-type.set-extra-specs',
  noun: 'volumeType',
  fields: { extraSpecs: { kind: 'pairs', label: 'Extra specs' } },
  life: null,
  roots: ({ id }) => ({ volumesOfTypes: [id] }),
  rules: [UNUSED, ...specRules<{ extraSpecs: Strings }>((ask) => typeOf(ask).extraSpecs)],
  plan: (ask) => {
    const { id, name, extraSpecs } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { extraSpecs: { ...extraSpecs, ...ask.input.extraSpecs } })],
      subject: { volumeTypeId: id },
      job: null,
      answer: { extraSpecs: ask.input.extraSpecs },
      message: `Extra specs of ${name} are set: ${namedKeys(Object.keys(ask.input.extraSpecs))}`,
    };
  },
  initial: (ask) => ({ extraSpecs: typeOf(ask).extraSpecs }),
  steps: (ask) => [
    `New volumes of type ${typeOf(ask).name} are made where storage offers this, besides the others it asks for.`,
  ],
  spoken: (ask) => {
    const { extraSpecs = {} } = ask.input;
    return {
      command: commandOf('openstack volume type set', pairOptions('--property', extraSpecs), ask.id),
      request: { method: 'POST', path: `${typePath(ask)}/extra_specs`, body: { extra_specs: extraSpecs } },
    };
  },
});

interface Names {
  names: readonly string[];
}

const unknownRule: Rule<Names> = {
  id: 'unknown-name',
  code: 'not_found',
  source: `${SOURCE}, delete`,
  needs: ['names'],
  test: (ask) => {
    const type = typeOf(ask);
    const [unknown] = unknownOf(ask.input.names, type.extraSpecs);
    if (unknown === undefined) return null;
    return {
      message: `Volume type ${type.name} has no extra spec named ${unknown}.`,
      remedy: advice('Choose a name it has.'),
    };
  },
};

export const unsetExtraSpecs = defineVerb({
  name: 'volume-type.unset-extra-specs',
  noun: 'volumeType',
  fields: { names: { kind: 'names', label: 'Names' } },
  life: null,
  roots: ({ id }) => ({ volumesOfTypes: [id] }),
  rules: [UNUSED, unknownRule],
  plan: (ask) => {
    const { id, name, extraSpecs } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { extraSpecs: without(extraSpecs, ask.input.names) })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Extra specs of ${name} are removed: ${namedKeys(ask.input.names)}`,
    };
  },
  steps: (ask) => [`New volumes of type ${typeOf(ask).name} do not ask storage for this any more.`],
  spoken: (ask) => {
    const { names = [] } = ask.input;
    return {
      command: commandOf(
        'openstack volume type unset',
        ...names.map((each) => `--property ${shellWord(each)}`),
        ask.id,
      ),
      request: {
        method: 'DELETE',
        path: `${typePath(ask)}/extra_specs/${encodeURIComponent(names[0] ?? '')}`,
        body: null,
      },
    };
  },
});
