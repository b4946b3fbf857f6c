/**
 * Volume types come, are renamed, and go.
 */
import { insert, remove, update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import type { Strings } from '../engine/world';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import {
  freeNameRule,
  namedRule,
  notDefaultRule,
  notLastRule,
  specRules,
  typeOf,
  typePath,
  unusedRule,
} from './type-rules';

const SOURCE = 'cinder api/contrib/types_manage.py';

interface NewType {
  name: string;
  extraSpecs?: Strings | undefined;
}

export const createVolumeType = defineVerb({
  name: 'volume-type.create',
  noun: 'project',
  fields: {
    name: { kind: 'text', label: 'Name', min: 1, max: 255 },
    description: { kind: 'text', label: 'Description', max: 255, optional: true },
    public: {
      kind: 'flag',
      label: 'For all projects',
      hint: 'If not, only projects that are granted access can use it.',
      optional: true,
    },
    extraSpecs: { kind: 'pairs', label: 'Extra specs', optional: true },
  },
  life: null,
  roots: () => ({ everyVolumeType: true }),
  rules: [namedRule, ...specRules<NewType>(() => ({})), freeNameRule(SOURCE)],
  plan: (ask) => {
    const { name, description, public: open, extraSpecs } = ask.input;
    const id = ask.fresh();
    return {
      changes: [
        insert('volumeType', {
          id,
          name: name.trim(),
          description: description ?? null,
          public: open ?? true,
          extraSpecs: extraSpecs ?? {},
          access: [],
        }),
      ],
      subject: { volumeTypeId: id },
      job: null,
      answer: { volumeTypeId: id },
      message: `Volume type ${name.trim()} is created`,
    };
  },
  initial: () => ({ public: true }),
  steps: (ask) => [
    `Volume type ${ask.input.name ?? ''} is created; ${ask.input.public === false ? 'only projects that are granted access' : 'all projects'} can use it.`,
  ],
  spoken: (ask) => {
    const { name = '', description, public: open, extraSpecs } = ask.input;
    return {
      command: commandOf(
        'openstack volume type create',
        option('--description', description),
        open === undefined ? '' : open ? '--public' : '--private',
        pairOptions('--property', extraSpecs ?? {}),
        shellWord(name),
      ),
      request: {
        method: 'POST',
        path: `/v3/${ask.actor.projectId}/types`,
        body: {
          volume_type: {
            name,
            ...(description === undefined ? {} : { description }),
            ...(open === undefined ? {} : { 'os-volume-type-access:is_public': open }),
            ...(extraSpecs === undefined ? {} : { extra_specs: extraSpecs }),
          },
        },
      },
    };
  },
});

interface Edit {
  name?: string | undefined;
  description?: string | undefined;
  public?: boolean | undefined;
}

const somethingRule: Rule<Edit> = {
  id: 'nothing-to-set',
  code: 'invalid',
  source: `${SOURCE}, _update`,
  test: ({ input: { name, description, public: open } }) =>
    name === undefined && description === undefined && open === undefined
      ? {
          message: 'None of name, description and visibility is given; editing needs one.',
          remedy: advice('Say what to change.'),
        }
      : null,
};

export const updateVolumeType = defineVerb({
  name: 'volume-type.update',
  noun: 'volumeType',
  fields: {
    name: { kind: 'text', label: 'Name', max: 255, optional: true },
    description: { kind: 'text', label: 'Description', max: 255, optional: true },
    public: { kind: 'flag', label: 'For all projects', optional: true },
  },
  life: null,
  roots: () => ({ everyVolumeType: true }),
  rules: [somethingRule, namedRule, freeNameRule(SOURCE)],
  plan: (ask) => {
    const { id, name: before } = typeOf(ask);
    const { name, description, public: open } = ask.input;
    return {
      changes: [
        update('volumeType', id, {
          ...(name === undefined ? {} : { name: name.trim() }),
          ...(description === undefined ? {} : { description }),
          ...(open === undefined ? {} : { public: open }),
        }),
      ],
      subject: { volumeTypeId: id },
      job: null,
      message: `Volume type ${before} is edited`,
    };
  },
  initial: (ask) => {
    const { name, description, public: open } = typeOf(ask);
    return { name, description: description ?? '', public: open };
  },
  steps: (ask) => {
    const type = typeOf(ask);
    const { name, public: open } = ask.input;
    return [
      `What is said about volume type ${type.name} changes.`,
      ...(open === undefined || open === type.public
        ? []
        : [open ? 'All projects can use it.' : 'Only projects that are granted access can use it.']),
      ...(name === undefined || name === type.name
        ? []
        : [`Quotas of its volumes are counted as volumes_${name} and gigabytes_${name} from now on.`]),
    ];
  },
  warnings: (ask) => {
    const { name, public: before } = typeOf(ask);
    return ask.input.public === false && before
      ? [`Projects without access keep their volumes of type ${name}, but cannot make another one.`]
      : [];
  },
  spoken: (ask) => {
    const { name, description, public: open } = ask.input;
    return {
      command: commandOf(
        'openstack volume type set',
        option('--name', name),
        option('--description', description),
        open === undefined ? '' : open ? '--public' : '--private',
        ask.id,
      ),
      request: {
        method: 'PUT',
        path: typePath(ask),
        body: {
          volume_type: {
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description }),
            ...(open === undefined ? {} : { is_public: open }),
          },
        },
      },
    };
  },
});

export const deleteVolumeType = defineVerb({
  name: 'volume-type.delete',
  noun: 'volumeType',
  fields: {},
  confirm: (ask) => typeOf(ask).name,
  life: null,
  roots: ({ id }) => ({ everyVolumeType: true, volumesOfTypes: [id] }),
  rules: [notLastRule, notDefaultRule, unusedRule('deleting', `${SOURCE}, _delete: VolumeTypeInUse`)],
  plan: (ask) => {
    const { id, name } = typeOf(ask);
    return {
      changes: [remove('volumeType', id)],
      subject: { volumeTypeId: id },
      job: null,
      message: `Volume type ${name} is deleted`,
    };
  },
  steps: (ask) => [
    `Volume type ${typeOf(ask).name} is gone at once, with its extra specs and the access to it.`,
  ],
  spoken: (ask) => ({
    command: `openstack volume type delete ${ask.id}`,
    request: { method: 'DELETE', path: typePath(ask), body: null },
  }),
});
