/**
 * Which projects may use a volume type that is not for all.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { actionRemedy } from '../volume-verbs/volume-remedy';
import { typeOf, typePath } from './type-rules';

const SOURCE = 'cinder api/contrib/volume_type_access.py';

interface ForProject {
  project: string;
}

const privateRule: Rule<object> = {
  id: 'public',
  code: 'invalid',
  source: `${SOURCE}: not applicable to a public type`,
  test: (ask) => {
    const type = typeOf(ask);
    if (!type.public) return null;
    return {
      message: `Volume type ${type.name} is for all projects; access is granted to private types only.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume-type.update',
          label: `Make ${type.name} private`,
          projectId: null,
          args: { volumeTypeId: type.id, public: 'false' },
        },
        'An administrator can make it private.',
      ),
    };
  },
};

const projectRule: Rule<ForProject> = {
  id: 'project-not-found',
  code: 'not_found',
  source: `${SOURCE}: ProjectNotFound`,
  needs: ['project'],
  // Its quota is loaded with it, whatever it has.
  test: ({ world, input }) =>
    world.quota.has(input.project) ? null : { message: `There is no project ${input.project}.` },
};

const newRule: Rule<ForProject> = {
  id: 'has-access',
  code: 'conflict',
  source: `${SOURCE}: VolumeTypeAccessExists`,
  needs: ['project'],
  test: (ask) => {
    const type = typeOf(ask);
    return type.access.includes(ask.input.project)
      ? { message: `Project ${ask.input.project} has access to type ${type.name} already.` }
      : null;
  },
};

const thereRule: Rule<ForProject> = {
  id: 'no-access',
  code: 'not_found',
  source: `${SOURCE}: VolumeTypeAccessNotFound`,
  needs: ['project'],
  test: (ask) => {
    const type = typeOf(ask);
    return type.access.includes(ask.input.project)
      ? null
      : { message: `Project ${ask.input.project} has no access to type ${type.name}.` };
  },
};

const FIELDS = { project: { kind: 'pick', of: 'project', label: 'Project' } } as const;

export const addAccess = defineVerb({
  name: 'volume-type.add-access',
  noun: 'volumeType',
  fields: FIELDS,
  life: null,
  roots: ({ input }) => ({ quotas: input.project === undefined ? [] : [input.project] }),
  rules: [projectRule, privateRule, newRule],
  plan: (ask) => {
    const { id, name, access } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { access: [...access, ask.input.project] })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Project ${ask.input.project} may use type ${name}`,
    };
  },
  steps: (ask) => [`The project can make volumes of type ${typeOf(ask).name}.`],
  spoken: (ask) => {
    const project = ask.input.project ?? '<project>';
    return {
      command: `openstack volume type set --project ${project} ${ask.id}`,
      request: {
        method: 'POST',
        path: `${typePath(ask)}/action`,
        body: { addProjectAccess: { project } },
      },
    };
  },
});

export const removeAccess = defineVerb({
  name: 'volume-type.remove-access',
  noun: 'volumeType',
  fields: FIELDS,
  life: null,
  rules: [privateRule, thereRule],
  plan: (ask) => {
    const { id, name, access } = typeOf(ask);
    return {
      changes: [update('volumeType', id, { access: access.filter((each) => each !== ask.input.project) })],
      subject: { volumeTypeId: id },
      job: null,
      message: `Project ${ask.input.project} may not use type ${name} any more`,
    };
  },
  steps: (ask) => [`The project keeps its volumes of type ${typeOf(ask).name}, but cannot make another one.`],
  spoken: (ask) => {
    const project = ask.input.project ?? '<project>';
    return {
      command: `openstack volume type unset --project ${project} ${ask.id}`,
      request: {
        method: 'POST',
        path: `${typePath(ask)}/action`,
        body: { removeProjectAccess: { project } },
      },
    };
  },
});
