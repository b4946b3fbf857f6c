/**
 * A server gets another name or description.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, option, pairOptions } from '../volume-verbs/volume-words';
import { LABEL_RULES, type LabelInput, labelsAfter } from './server-labels';
import { serverOf } from './server-rules';

export const NAME_MAX = 255;

interface UpdateInput extends LabelInput {
  name?: string | undefined;
  description?: string | undefined;
  hostname?: string | undefined;
  accessIpv4?: string | undefined;
  accessIpv6?: string | undefined;
  diskConfig?: 'AUTO' | 'MANUAL' | undefined;
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

type Given = Pick<Ask<UpdateInput>, 'input'>;

function given({ input }: Given) {
  const { name, description, hostname, accessIpv4, accessIpv6, diskConfig } = input;
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description === '' ? null : description }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(accessIpv4 === undefined ? {} : { accessIpv4 }),
    ...(accessIpv6 === undefined ? {} : { accessIpv6 }),
    ...(diskConfig === undefined ? {} : { diskConfig }),
  };
}

/** @returns the same as the API spells it */
function requested({ input }: Given) {
  const { accessIpv4, accessIpv6, diskConfig, ...rest } = given({ input });
  return {
    ...rest,
    ...(accessIpv4 === undefined ? {} : { accessIPv4: accessIpv4 }),
    ...(accessIpv6 === undefined ? {} : { accessIPv6: accessIpv6 }),
    ...(diskConfig === undefined ? {} : { 'OS-DCF:diskConfig': diskConfig }),
  };
}

export const UPDATE_SERVER = defineVerb({
  name: 'server.update',
  noun: 'server',
  fields: {
    name: { kind: 'text', label: 'Name', min: 1, max: NAME_MAX, optional: true },
    description: { kind: 'text', label: 'Description', max: NAME_MAX, multiline: true, optional: true },
    hostname: { kind: 'text', label: 'Host name', min: 1, max: 63, optional: true },
    accessIpv4: {
      kind: 'text',
      label: 'Access address, IPv4',
      hint: 'Where it says it can be reached.',
      max: 39,
      optional: true,
    },
    accessIpv6: { kind: 'text', label: 'Access address, IPv6', max: 45, optional: true },
    diskConfig: { kind: 'choice', label: 'Disk partition', options: ['AUTO', 'MANUAL'], optional: true },
    setMetadata: { kind: 'pairs', label: 'Set metadata', optional: true },
    unsetMetadata: { kind: 'names', label: 'Remove metadata', optional: true },
    tags: { kind: 'names', label: 'Tags', hint: 'All it is to have.', optional: true },
    addTags: { kind: 'names', label: 'Add tags', optional: true },
    removeTags: { kind: 'names', label: 'Remove tags', optional: true },
  },
  life: null,
  // No lock, no state, but for metadata and tags: Nova asks neither (api/openstack/compute/servers.py, update).
  rules: [nameRule, ...LABEL_RULES],
  plan: (ask) => ({
    changes: [update('server', ask.id, { ...given(ask), ...labelsAfter(serverOf(ask), ask.input) })],
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
    command: commandOf(
      'openstack server set',
      option('--name', input.name),
      option('--description', input.description),
      option('--hostname', input.hostname),
      pairOptions('--property', input.setMetadata ?? {}),
      ...(input.addTags ?? []).map((tag) => option('--tag', tag)),
      id,
    ),
    request: { method: 'PUT', path: `/v2.1/servers/${id}`, body: { server: requested({ input }) } },
  }),
});
