/**
 * Quality-of-service specs come, change, and go.
 */
import { insert, remove, update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { QOS_CONSUMERS, USUAL_CONSUMER } from '../qos';
import { unknownOf, without } from '../volume-verbs/metadata-rules';
import { actionRemedy, advice } from '../volume-verbs/volume-remedy';
import { commandOf, namedKeys, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { keyRule, QOS_NAME_RULES, qosOf, qosPath, typesWith } from './qos-rules';

const SOURCE = 'cinder api/contrib/qos_specs_manage.py';

const CONSUMER = {
  kind: 'choice',
  label: 'Kept by',
  options: QOS_CONSUMERS,
  words: { 'front-end': 'Hosts', 'back-end': 'Storage', both: 'Both' },
  hint: 'Hosts are told of it when they connect a volume.',
  optional: true,
} as const;

const SPECS = { kind: 'pairs', label: 'Keys', hint: 'e.g. total_iops_sec', optional: true } as const;

export const createQos = defineVerb({
  name: 'qos-specs.create',
  noun: 'project',
  fields: {
    name: { kind: 'text', label: 'Name', min: 1, max: 255 },
    consumer: CONSUMER,
    specs: SPECS,
  },
  life: null,
  roots: () => ({ everyQosSpecs: true }),
  rules: [...QOS_NAME_RULES, keyRule],
  plan: (ask) => {
    const id = ask.fresh();
    const name = ask.input.name.trim();
    const { consumer = USUAL_CONSUMER, specs = {} } = ask.input;
    return {
      changes: [insert('qosSpecs', { id, name, consumer, specs })],
      subject: {},
      job: null,
      answer: { qosSpecsId: id },
      message: `QoS specs ${name} are made`,
    };
  },
  initial: () => ({ consumer: USUAL_CONSUMER }),
  steps: (ask) => [
    `QoS specs ${ask.input.name ?? ''} are made.`,
    'They count for volumes of the types that are given them.',
  ],
  spoken: (ask) => {
    const { name = '', consumer, specs = {} } = ask.input;
    return {
      command: commandOf(
        'openstack volume qos create',
        option('--consumer', consumer),
        pairOptions('--property', specs),
        shellWord(name),
      ),
      request: {
        method: 'POST',
        path: `/v3/${ask.actor.projectId}/qos-specs`,
        body: { qos_specs: { ...specs, name, ...(consumer === undefined ? {} : { consumer }) } },
      },
    };
  },
});

export const updateQos = defineVerb({
  name: 'qos-specs.update',
  noun: 'qosSpecs',
  fields: { consumer: CONSUMER, specs: SPECS },
  life: null,
  rules: [keyRule],
  plan: (ask) => {
    const { id, name, specs } = qosOf(ask);
    const { consumer, specs: more = {} } = ask.input;
    return {
      changes: [
        update('qosSpecs', id, {
          ...(consumer === undefined ? {} : { consumer }),
          specs: { ...specs, ...more },
        }),
      ],
      subject: {},
      job: null,
      message: `QoS specs ${name} are changed`,
    };
  },
  initial: (ask) => ({ consumer: qosOf(ask).consumer, specs: qosOf(ask).specs }),
  steps: (ask) => [
    `Volumes that are connected from now on are given what ${qosOf(ask).name} says then; connections that there are stay as they are.`,
  ],
  spoken: (ask) => {
    const { consumer, specs = {} } = ask.input;
    return {
      command: commandOf('openstack volume qos set', pairOptions('--property', specs), ask.id),
      request: {
        method: 'PUT',
        path: qosPath(ask, ask.id),
        body: { qos_specs: { ...specs, ...(consumer === undefined ? {} : { consumer }) } },
      },
    };
  },
});

interface Names {
  names: readonly string[];
}

/** Upstream removes those before it, and then says so; all or none of them here. */
const unknownKeyRule: Rule<Names> = {
  id: 'unknown-key',
  code: 'not_found',
  source: `${SOURCE}, delete_keys: QoSSpecsKeyNotFound`,
  needs: ['names'],
  test: (ask) => {
    const { name, specs } = qosOf(ask);
    const [unknown] = unknownOf(ask.input.names, specs);
    if (unknown === undefined) return null;
    return {
      message: `QoS specs ${name} have no key ${unknown.slice(0, 255)}.`,
      remedy: advice('Choose a key they have.'),
    };
  },
};

export const unsetQosKeys = defineVerb({
  name: 'qos-specs.unset-keys',
  noun: 'qosSpecs',
  fields: { names: { kind: 'names', label: 'Keys' } },
  life: null,
  rules: [unknownKeyRule],
  plan: (ask) => {
    const { id, name, specs } = qosOf(ask);
    return {
      changes: [update('qosSpecs', id, { specs: without(specs, ask.input.names) })],
      subject: {},
      job: null,
      message: `Keys of QoS specs ${name} are removed: ${namedKeys(ask.input.names)}`,
    };
  },
  steps: (ask) => [`${qosOf(ask).name} says nothing about this any more.`],
  spoken: (ask) => {
    const { names = [] } = ask.input;
    return {
      command: commandOf(
        'openstack volume qos unset',
        ...names.map((each) => `--property ${shellWord(each)}`),
        ask.id,
      ),
      request: { method: 'PUT', path: `${qosPath(ask, ask.id)}/delete_keys`, body: { keys: names } },
    };
  },
});

interface Forced {
  force?: boolean | undefined;
}

const unusedRule: Rule<Forced> = {
  id: 'in-use',
  code: 'invalid',
  source: `${SOURCE}, delete: QoSSpecsInUse`,
  test: (ask) => {
    const [type] = typesWith(ask.world, ask.id);
    if (type === undefined || ask.input.force === true) return null;
    return {
      message: `Volume type ${type.name} has QoS specs ${qosOf(ask).name}; they can go once no type has them, or by force.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'qos-specs.delete',
          label: `Delete ${qosOf(ask).name} by force`,
          projectId: null,
          args: { qosSpecsId: ask.id, force: 'true' },
        },
        'An administrator can take them away from all types, or delete them by force.',
      ),
    };
  },
};

export const deleteQos = defineVerb({
  name: 'qos-specs.delete',
  noun: 'qosSpecs',
  fields: {
    force: {
      kind: 'flag',
      label: 'By force',
      hint: 'Types that have them are left without.',
      optional: true,
    },
  },
  confirm: (ask) => qosOf(ask).name,
  life: null,
  rules: [unusedRule],
  plan: (ask) => ({
    changes: [
      ...typesWith(ask.world, ask.id).map(({ id }) => update('volumeType', id, { qosSpecsId: null })),
      remove('qosSpecs', ask.id),
    ],
    subject: {},
    job: null,
    message: `QoS specs ${qosOf(ask).name} are deleted`,
  }),
  steps: (ask) => [
    ...typesWith(ask.world, ask.id).map(({ name }) => `Volume type ${name} has no quality of service then.`),
    `QoS specs ${qosOf(ask).name} are gone at once.`,
  ],
  spoken: (ask) => ({
    command: commandOf('openstack volume qos delete', ask.input.force === true ? '--force' : '', ask.id),
    request: {
      method: 'DELETE',
      path: `${qosPath(ask, ask.id)}${ask.input.force === true ? '?force=True' : ''}`,
      body: null,
    },
  }),
});
