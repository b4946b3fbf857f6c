/**
 * A new server: from an image, or from volumes that are there or are made for it.
 */
import type { Json } from '../connection';
import { defineVerb } from '../engine/verb';
import { commandOf, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { devicesIn } from './block-devices';
import { CREATE_SERVER_PHASES } from './create-phases';
import { planServer } from './create-plan';
import { CREATE_SERVER_RULES } from './create-rules';
import {
  type CreatingServer,
  disksOfNew,
  flavorOf,
  imageFor,
  madeAs,
  needsOfNew,
  volumeDevices,
  volumesToMake,
} from './create-source';
import { chooseHost } from './host-choice';
import { listed } from './server-words';
import { NAME_MAX } from './update-server';

export const CREATE_SERVER = defineVerb({
  name: 'server.create',
  noun: 'project',
  fields: {
    name: { kind: 'text', label: 'Name', min: 1, max: NAME_MAX },
    flavor: { kind: 'pick', of: 'flavor', label: 'Flavor' },
    image: { kind: 'pick', of: 'image', label: 'Image', optional: true },
    devices: {
      kind: 'document',
      label: 'Volumes',
      hint: '{ "devices": [ … ] } with the members of block_device_mapping_v2: source_type, uuid, destination_type, volume_size, boot_index, delete_on_termination, device_name, tag, volume_type.',
      optional: true,
    },
    description: { kind: 'text', label: 'Description', max: NAME_MAX, multiline: true, optional: true },
    metadata: { kind: 'pairs', label: 'Metadata', optional: true },
    zone: { kind: 'text', label: 'Availability zone', min: 1, max: NAME_MAX, optional: true },
    host: {
      kind: 'pick',
      of: 'host',
      label: 'Host',
      hint: 'For administrators; any host that can take it, when left out.',
      optional: true,
    },
    labels: {
      kind: 'document',
      label: 'More about it',
      hint: 'What is kept and shown again: hostname, tags, configDrive, userData, accessIpv4, accessIpv6, diskConfig.',
      optional: true,
    },
  },
  life: { of: 'server', from: [], during: 'building', done: 'active', failed: 'error' },
  roots: ({ id, input }) => {
    const devices = devicesIn(input.devices);
    const of = (source: string) =>
      devices.flatMap((device) => (device.source === source && device.uuid !== null ? [device.uuid] : []));
    return {
      flavors: input.flavor === undefined ? [] : [input.flavor],
      images: [...(input.image === undefined ? [] : [input.image]), ...of('image')],
      volumes: of('volume'),
      snapshots: of('snapshot'),
      everyVolumeType: true,
      pools: true,
      quotas: [id],
    };
  },
  rules: CREATE_SERVER_RULES,
  plan: planServer,
  phases: CREATE_SERVER_PHASES,
  steps: (ask) => {
    const { name = 'The server' } = ask.input;
    const image = imageFor(ask, ask.input.image);
    const held = volumeDevices(ask).flatMap(({ source, uuid }) =>
      source === 'volume' ? (ask.world.volume.get(uuid ?? '')?.name ?? []) : [],
    );
    return [
      `Server ${name} is recorded with flavor ${flavorOf(ask)?.name ?? '?'}, and counts against the quota at once.`,
      ...(held.length === 0 ? [] : [`${listed(held)} ${held.length === 1 ? 'is' : 'are'} reserved for it.`]),
      ...volumesToMake(ask).map(
        ({ device, creating }) =>
          `A volume of ${madeAs(creating)?.sizeGib ?? '?'} GiB is made for it${device.source === 'blank' ? '' : ` from ${device.source} ${device.uuid}`}.`,
      ),
      image === null ? 'It boots from its volume.' : `It boots from image ${image.name}.`,
      'Its volumes are connected to its host, and it becomes ACTIVE.',
    ];
  },
  warnings: (ask) => foreseen(ask),
  onFailure:
    'It becomes ERROR. Its volumes are let go, and those that go with it are deleted; when no host takes it, they stay reserved until it is deleted.',
  spoken: ({ input }) => {
    const devices = Array.isArray(input.devices?.devices) ? input.devices.devices : [];
    const { name = '<name>', flavor = '<flavor>', image, description, metadata, zone, host } = input;
    return {
      command: commandOf(
        'openstack server create',
        option('--flavor', flavor),
        option('--image', image),
        devices.map(blockDeviceOption).join(' '),
        option('--description', description),
        option('--availability-zone', zone),
        option('--host', host),
        pairOptions('--property', metadata ?? {}),
        shellWord(name),
      ),
      request: {
        method: 'POST',
        path: '/v2.1/servers',
        body: {
          server: {
            name,
            flavorRef: flavor,
            imageRef: image ?? '',
            ...(devices.length === 0 ? {} : { block_device_mapping_v2: devices }),
            ...(description === undefined ? {} : { description }),
            ...(metadata === undefined ? {} : { metadata }),
            ...(zone === undefined ? {} : { availability_zone: zone }),
            ...(host === undefined ? {} : { host }),
            networks: 'auto',
          },
        },
      },
    };
  },
});

/** What would only show while it is built. */
function foreseen(ask: CreatingServer): string[] {
  const { maxDisksPerServer: max } = ask.settings;
  return [
    ...(chooseHost(ask.world, ask.id, needsOfNew(ask)) === null
      ? ['No host that is up and enabled can take it: it will be in ERROR.']
      : []),
    ...(max !== null && disksOfNew(ask) > max
      ? [`It would have ${disksOfNew(ask)} disks, and ${max} are allowed: it will be in ERROR.`]
      : []),
    ...volumeDevices(ask).flatMap(({ source, uuid, deleteOnTermination }) => {
      const volume = source === 'volume' ? ask.world.volume.get(uuid ?? '') : undefined;
      return volume === undefined || !deleteOnTermination
        ? []
        : [`Volume ${volume.name} is deleted with the server, also when it cannot be made.`];
    }),
  ];
}

function blockDeviceOption(device: Json): string {
  if (typeof device !== 'object' || device === null || Array.isArray(device)) return '';
  const pairs = Object.entries(device as { readonly [key: string]: Json }).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  return `--block-device ${shellWord(pairs.join(','))}`;
}
