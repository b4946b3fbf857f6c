/**
 * Puts services of storage in and out of use: the scheduler looks at them when it places a volume. A frozen backend is
 * given nothing new either, and nothing may be changed on it meanwhile.
 */
import { update } from '../engine/change';
import { type AnyVerb, type Ask, defineVerb, type Rule } from '../engine/verb';
import { rowOf, type StorageServiceRecord } from '../engine/world';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, shellWord } from '../volume-verbs/volume-words';
import { because, REASON } from './disabled-reason';

function serviceOf({ world, id }: Pick<Ask<object>, 'world' | 'id'>): StorageServiceRecord {
  return rowOf(world, 'storageService', id);
}

function pathOf({ actor }: Pick<Ask<object>, 'actor'>, word: string): string {
  return `/v3/${actor.projectId}/os-services/${word}`;
}

export const enableStorageService = defineVerb({
  name: 'storage-service.enable',
  noun: 'storageService',
  fields: {},
  life: null,
  rules: [],
  plan: (ask) => {
    const { id, binary, host } = serviceOf(ask);
    return {
      changes: [update('storageService', id, { enabled: true, disabledReason: null })],
      subject: { storageServiceId: id },
      job: null,
      message: `Service ${binary} on ${host} is in use`,
    };
  },
  steps: (ask) => [`Service ${serviceOf(ask).binary} on ${serviceOf(ask).host} is given work.`],
  spoken: (ask) => {
    const { binary, host } = serviceOf(ask);
    return {
      command: commandOf('openstack volume service set --enable', shellWord(host), binary),
      request: { method: 'PUT', path: pathOf(ask, 'enable'), body: { host, binary } },
    };
  },
});

export const disableStorageService = defineVerb({
  name: 'storage-service.disable',
  noun: 'storageService',
  fields: { reason: REASON },
  life: null,
  rules: [],
  plan: (ask) => {
    const { id, binary, host } = serviceOf(ask);
    const { reason } = ask.input;
    return {
      changes: [update('storageService', id, { enabled: false, disabledReason: reason ?? null })],
      subject: { storageServiceId: id },
      job: null,
      message: `Service ${binary} on ${host} is out of use${because(reason)}`,
    };
  },
  steps: (ask) => [
    `Service ${serviceOf(ask).binary} on ${serviceOf(ask).host} is given no new volumes.`,
    'Volumes that are there stay, and can be used.',
  ],
  spoken: (ask) => {
    const { binary, host } = serviceOf(ask);
    const { reason } = ask.input;
    const told = reason === undefined ? {} : { disabled_reason: reason };
    return {
      command: commandOf(
        'openstack volume service set --disable',
        reason === undefined ? '' : `--disable-reason ${shellWord(reason)}`,
        shellWord(host),
        binary,
      ),
      request: {
        method: 'PUT',
        path: pathOf(ask, reason === undefined ? 'disable' : 'disable-log-reason'),
        body: { host, binary, ...told },
      },
    };
  },
});

const backendRule: Rule<object> = {
  id: 'no-backend',
  code: 'invalid',
  source: 'cinder api/v3/services.py, _freeze: it asks for the volume service of the host',
  test: (ask) => {
    const { binary, host } = serviceOf(ask);
    if (binary === 'cinder-volume') return null;
    return {
      message: `Service ${binary} on ${host} has no backend; only cinder-volume has one.`,
      remedy: advice('Choose a volume service.'),
    };
  },
};

function frozenVerb(frozen: boolean): AnyVerb {
  const word = frozen ? 'freeze' : 'thaw';
  return defineVerb({
    name: `storage-service.${word}`,
    noun: 'storageService',
    fields: {},
    life: null,
    rules: [backendRule],
    plan: (ask) => {
      const { id, host } = serviceOf(ask);
      return {
        changes: [update('storageService', id, { frozen })],
        subject: { storageServiceId: id },
        job: null,
        message: frozen ? `Backend ${host} is frozen` : `Backend ${host} is given work again`,
      };
    },
    steps: (ask) => {
      const { host } = serviceOf(ask);
      if (!frozen) return [`Backend ${host} is given work again.`];
      return [`Nothing is made, changed or deleted on backend ${host}.`, 'What is in use stays in use.'];
    },
    spoken: (ask) => {
      const { host } = serviceOf(ask);
      return {
        command: commandOf(`cinder ${word}-host`, shellWord(host)),
        request: { method: 'PUT', path: pathOf(ask, word), body: { host } },
      };
    },
  });
}

export const freezeBackend = frozenVerb(true);
export const thawBackend = frozenVerb(false);
