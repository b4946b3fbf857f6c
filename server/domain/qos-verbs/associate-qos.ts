/**
 * Which volume types have which quality of service: each at most one.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { rowOf } from '../engine/world';
import { typeOf } from '../volume-type-verbs/type-rules';
import { actionRemedy } from '../volume-verbs/volume-remedy';
import { qosOf, qosPath, typesWith } from './qos-rules';

const SOURCE = 'cinder volume/qos_specs.py, associate_qos_with_type';

interface Given {
  qosSpecs: string;
}

const foundRule: Rule<Given> = {
  id: 'qos-specs-not-found',
  code: 'not_found',
  source: SOURCE,
  needs: ['qosSpecs'],
  test: ({ world, input }) =>
    world.qosSpecs.has(input.qosSpecs) ? null : { message: `There are no QoS specs ${input.qosSpecs}.` },
};

/** The same ones once more are fine. */
const noneYetRule: Rule<Given> = {
  id: 'has-others',
  code: 'invalid',
  source: `${SOURCE}: InvalidVolumeType`,
  test: (ask) => {
    const { id, name, qosSpecsId } = typeOf(ask);
    if (qosSpecsId == null || qosSpecsId === ask.input.qosSpecs) return null;
    return {
      message: `Volume type ${name} has QoS specs already; a type has one at most.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume-type.disassociate-qos',
          label: `Take the QoS specs of ${name} away`,
          projectId: null,
          args: { volumeTypeId: id },
        },
        'An administrator can take them away.',
      ),
    };
  },
};

export const associateQos = defineVerb({
  name: 'volume-type.associate-qos',
  noun: 'volumeType',
  fields: { qosSpecs: { kind: 'pick', of: 'qosSpecs', label: 'QoS specs' } },
  life: null,
  roots: () => ({ everyQosSpecs: true }),
  rules: [foundRule, noneYetRule],
  plan: (ask) => {
    const { id, name } = typeOf(ask);
    const { qosSpecs } = ask.input;
    return {
      changes: [update('volumeType', id, { qosSpecsId: qosSpecs })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Volume type ${name} has QoS specs ${rowOf(ask.world, 'qosSpecs', qosSpecs).name}`,
    };
  },
  steps: (ask) => [
    `Volumes of type ${typeOf(ask).name} that are connected from now on have this quality of service.`,
  ],
  spoken: (ask) => {
    const { qosSpecs = '<qos-specs>' } = ask.input;
    return {
      command: `openstack volume qos associate ${qosSpecs} ${ask.id}`,
      request: {
        method: 'GET',
        path: `${qosPath(ask, qosSpecs)}/associate?vol_type_id=${ask.id}`,
        body: null,
      },
    };
  },
});

const someRule: Rule<object> = {
  id: 'has-none',
  code: 'invalid',
  source: 'cinder volume/qos_specs.py, disassociate_qos_specs, which says nothing then',
  test: (ask) =>
    typeOf(ask).qosSpecsId == null ? { message: `Volume type ${typeOf(ask).name} has no QoS specs.` } : null,
};

export const disassociateQos = defineVerb({
  name: 'volume-type.disassociate-qos',
  noun: 'volumeType',
  fields: {},
  life: null,
  roots: () => ({ everyQosSpecs: true }),
  rules: [someRule],
  plan: (ask) => {
    const { id, name } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { qosSpecsId: null })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Volume type ${name} has no QoS specs any more`,
    };
  },
  steps: (ask) => [
    `Volumes of type ${typeOf(ask).name} that are connected from now on have no quality of service.`,
  ],
  spoken: (ask) => {
    const qosSpecs = typeOf(ask).qosSpecsId ?? '<qos-specs>';
    return {
      command: `openstack volume qos disassociate --volume-type ${ask.id} ${qosSpecs}`,
      request: {
        method: 'GET',
        path: `${qosPath(ask, qosSpecs)}/disassociate?vol_type_id=${ask.id}`,
        body: null,
      },
    };
  },
});

export const disassociateAllQos = defineVerb({
  name: 'qos-specs.disassociate-all',
  noun: 'qosSpecs',
  fields: {},
  life: null,
  rules: [],
  plan: (ask) => ({
    changes: typesWith(ask.world, ask.id).map(({ id }) => update('volumeType', id, { qosSpecsId: null })),
    subject: {},
    job: null,
    message: `No volume type has QoS specs ${qosOf(ask).name} any more`,
  }),
  steps: (ask) => {
    const types = typesWith(ask.world, ask.id);
    if (types.length === 0) return ['Nothing changes: no volume type has them.'];
    return types.map(({ name }) => `Volume type ${name} has no quality of service then.`);
  },
  spoken: (ask) => ({
    command: `openstack volume qos disassociate --all ${ask.id}`,
    request: { method: 'GET', path: `${qosPath(ask, ask.id)}/disassociate_all`, body: null },
  }),
});
