/**
 * Extensions, from before there were versions: clients look whether one is there by its alias.
 */
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';

const ALIASES: Readonly<Record<string, string>> = {
  'os-admin-actions': 'AdminActions',
  'os-availability-zone': 'AvailabilityZone',
  'os-block-device-mapping': 'BlockDeviceMapping',
  'os-block-device-mapping-v2-boot': 'BlockDeviceMappingV2Boot',
  'os-create-server-ext': 'Createserverext',
  'os-deferred-delete': 'DeferredDelete',
  'os-extended-volumes': 'ExtendedVolumes',
  'os-flavor-access': 'FlavorAccess',
  'os-flavor-extra-specs': 'FlavorExtraSpecs',
  'os-flavor-manage': 'FlavorManage',
  'os-hypervisors': 'Hypervisors',
  'os-instance-actions': 'InstanceActions',
  'os-quota-sets': 'Quotas',
  'os-rescue': 'Rescue',
  'os-server-external-events': 'ServerExternalEvents',
  'os-services': 'Services',
  'os-shelve': 'Shelve',
  'os-volume-attachment-update': 'VolumeAttachmentUpdate',
  'os-volumes': 'Volumes',
};

function extension(alias: string, name: string) {
  return {
    alias,
    name,
    description: '',
    namespace: 'http://docs.openstack.org/compute/ext/fake_xml',
    updated: '2014-12-03T00:00:00Z',
    links: [],
  };
}

export const EXTENSION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/extensions',
    summary: 'List extensions',
    status: 200,
    handle: () =>
      answer({ extensions: Object.entries(ALIASES).map(([alias, name]) => extension(alias, name)) }),
  }),
  route({
    method: 'GET',
    path: '/extensions/:alias',
    summary: 'Show an extension',
    status: 200,
    handle({ params: { alias } }) {
      const name = Object.hasOwn(ALIASES, alias) ? ALIASES[alias] : undefined;
      if (name === undefined) throw new FaultError(404, `There is no extension ${alias}.`);
      return answer({ extension: extension(alias, name) });
    },
  }),
];
