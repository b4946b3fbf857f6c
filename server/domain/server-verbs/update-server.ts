/**
 * A server gets another name or description.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { advice } from '../volume-verbs/volume-remedy';
import { shellWord } from '../volume-verbs/volume-words';
import { serverOf } from './server-rules';

export const NAME_MAX = 255;

interface UpdateInput {
  name?: string | undefined;
  description?: string | undefined;
}

/** @returns what is wrong with a server's name; null when nothing is (Nova api/validation/parameter_types.py, name) */
export function nameObjection(name: string): { message: string; remedy: ReturnType<typeof advice> } | null {
  if (name !== '' && name.trim() === name && !/\p{C}/u.test(name)) return null;
  return {
    message: `${JSON.stringify(name)} is no name for a server: it has blanks at an end, or something that cannot be printed.`,
    remedy: advice('Leave out what cannot be seen.'),
  };
}

const nameRule: Rule<UpdateInput> = {
  id: 'name-invalid',
  code: 'invalid',
  source: 'nova api/validation/parameter_types.py, name',
  needs: ['name'],
  test: ({ input }) => (input.name === undefined ? null : nameObjection(input.name)),
};

function given({ input }: Pick<Ask<UpdateInput>, 'input'>): { name?: string; description?: string | null } {
  const { name, description } = input;
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description === '' ? null : description }),
  };
}

export const UPDATE_SERVER = defineVerb({
  name: 'server.update',
  noun: 'server',
  fields: {
    name: { kind: 'text', label: 'Name', min: 1, max: NAME_MAX, optional: true },
    description: { kind: 'text', label: 'Description', max: NAME_MAX, multiline: true, optional: true },
  },
  life: null,
  // No lock, no state: Nova asks neither (api/openstack/compute/servers.py, update).
  rules: [nameRule],
  plan: (ask) => ({
    changes: [update('server', ask.id, given(ask))],
    subject: { serverId: ask.id },
    job: null,
    message: `${serverOf(ask).name} is edited`,
  }),
  initial: (ask) => {
    const { name, description } = serverOf(ask);
    return { name, ...(description === null ? {} : { description }) };
  },
  steps: (ask) => [`The record of server ${serverOf(ask).name} changes; its guest does not learn of it.`],
  spoken: ({ id, input }) => ({
    command: [
      'openstack server set',
      ...(input.name === undefined ? [] : [`--name ${shellWord(input.name)}`]),
      ...(input.description === undefined ? [] : [`--description ${shellWord(input.description)}`]),
      id,
    ].join(' '),
    request: { method: 'PUT', path: `/v2.1/servers/${id}`, body: { server: given({ input }) } },
  }),
});
