/**
 * Whether a compute host is given new servers is an administrator's to say; what is there goes on.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb } from '../engine/verb';
import { type ComputeServiceRecord, rowOf } from '../engine/world';
import { commandOf, shellWord } from '../volume-verbs/volume-words';
import { because, REASON } from './disabled-reason';

function serviceOf({ world, id }: Pick<Ask<object>, 'world' | 'id'>): ComputeServiceRecord {
  return rowOf(world, 'computeService', id);
}

const PATH = '/v2.1/os-services';

export const enableComputeService = defineVerb({
  name: 'compute-service.enable',
  noun: 'computeService',
  fields: {},
  life: null,
  rules: [],
  plan: (ask) => {
    const { id, name } = serviceOf(ask);
    return {
      changes: [update('computeService', id, { enabled: true, disabledReason: null })],
      subject: { computeServiceId: id },
      job: null,
      message: `Host ${name} takes new servers`,
    };
  },
  steps: (ask) => [`Host ${serviceOf(ask).name} takes new servers.`],
  spoken: ({ id: host }) => ({
    command: commandOf('openstack compute service set --enable', shellWord(host), 'nova-compute'),
    request: { method: 'PUT', path: `${PATH}/enable`, body: { host, binary: 'nova-compute' } },
  }),
});

export const disableComputeService = defineVerb({
  name: 'compute-service.disable',
  noun: 'computeService',
  fields: { reason: REASON },
  life: null,
  rules: [],
  plan: (ask) => {
    const { id, name } = serviceOf(ask);
    const { reason } = ask.input;
    return {
      changes: [update('computeService', id, { enabled: false, disabledReason: reason ?? null })],
      subject: { computeServiceId: id },
      job: null,
      message: `Host ${name} takes no more servers${because(reason)}`,
    };
  },
  steps: (ask) => [
    `Host ${serviceOf(ask).name} takes no more servers.`,
    'Servers that are on it run on, and volumes can be attached to them.',
  ],
  spoken: ({ id: host, input: { reason } }) => ({
    command: commandOf(
      'openstack compute service set --disable',
      reason === undefined ? '' : `--disable-reason ${shellWord(reason)}`,
      shellWord(host),
      'nova-compute',
    ),
    request: {
      method: 'PUT',
      path: `${PATH}/${reason === undefined ? 'disable' : 'disable-log-reason'}`,
      body: {
        host,
        binary: 'nova-compute',
        ...(reason === undefined ? {} : { disabled_reason: reason }),
      },
    },
  }),
});
