/**
 * What speaks against a new server, in the API's order (Nova api/openstack/compute/servers.py create, then
 * compute/api.py).
 */
import { deviceLetters } from '../device';
import type { Rule } from '../engine/verb';
import { rowOf } from '../engine/world';
import { policyRefusal } from '../policy';
import { sizeOfImage } from '../volume-life/create-source';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import { readDevices } from './block-devices';
import { DISK_RULES } from './create-disk-rules';
import { HOST_PERMISSION, PLACE_RULES } from './create-place-rules';
import {
  type CreateServerInput,
  type CreatingServer,
  flavorOf,
  imageFor,
  volumeDevices,
} from './create-source';
import { metadataObjection } from './server-labels';
import { nameObjection } from './update-server';

type CreateRule = Rule<CreateServerInput>;

const REST = 'nova api/openstack/compute/servers.py, create';

/** The name of an image's root. */
export const ROOT_DEVICE = '/dev/vda';

function rootOf(ask: CreatingServer) {
  return volumeDevices(ask).find(({ bootIndex }) => bootIndex === 0) ?? null;
}

const shape: CreateRule[] = [
  {
    id: 'name-invalid',
    code: 'invalid',
    source: 'nova api/validation/parameter_types.py, name',
    needs: ['name'],
    test: ({ input }) => nameObjection(input.name),
  },
  HOST_PERMISSION,
  {
    id: 'devices-invalid',
    code: 'invalid',
    source: 'nova block_device.py, BlockDeviceDict.from_api',
    test: ({ input }) => {
      const read = readDevices(input.devices);
      if (!Array.isArray(read)) return { message: read.problem };
      const local = read.find((each) => each.local);
      if (local === undefined || local.uuid === input.image) return null;
      return { message: 'The image on the local disk must be the image that the server is made from.' };
    },
  },
  {
    id: 'devices-forbidden',
    code: 'forbidden',
    source: 'nova policies/servers.py, create:attach_volume',
    test: (ask) =>
      volumeDevices(ask).length === 0
        ? null
        : policyRefusal('os_compute_api:servers:create:attach_volume', ask.actor, ask.id),
  },
  {
    id: 'no-boot-source',
    code: 'invalid',
    source: REST,
    test: (ask) =>
      ask.input.image !== undefined || volumeDevices(ask).length > 0
        ? null
        : {
            message: 'A server boots from an image or from a volume; neither is given.',
            remedy: advice('Choose an image, or a volume with boot_index 0.'),
          },
  },
];

const found: CreateRule[] = [
  {
    id: 'flavor-not-found',
    code: 'invalid',
    source: `${REST}, FlavorNotFound`,
    needs: ['flavor'],
    test: (ask) =>
      flavorOf(ask) === null
        ? {
            message: `There is no flavor ${ask.input.flavor}.`,
            remedy: advice('Pick one of the flavors there are.', 'openstack flavor list'),
          }
        : null,
  },
  ...PLACE_RULES,
  {
    id: 'image-not-found',
    code: 'invalid',
    source: `${REST}, ImageNotFound`,
    test: (ask) =>
      ask.input.image === undefined || imageFor(ask, ask.input.image) !== null
        ? null
        : { message: `There is no image ${ask.input.image} that ${ask.actor.projectName} may use.` },
  },
  {
    id: 'root-not-bootable',
    code: 'invalid',
    source: 'nova compute/utils.py, get_bdm_image_metadata',
    test: (ask) => {
      const root = rootOf(ask);
      if (ask.input.image !== undefined || root === null) return null;
      if (root.source === 'blank')
        return { message: 'The disk with boot_index 0 is blank; there is nothing to boot on it.' };
      const snapshot = root.source === 'snapshot' ? ask.world.snapshot.get(root.uuid ?? '') : undefined;
      const volume = ask.world.volume.get(snapshot?.volumeId ?? root.uuid ?? '');
      if (root.source === 'image' || volume === undefined || volume.bootable) return null;
      return {
        message: `Volume ${volume.name} is not bootable, and the server would boot from it.`,
        remedy: {
          kind: 'action',
          action: 'volume.set-bootable',
          label: `Set ${volume.name} bootable`,
          args: { volumeId: volume.id, bootable: 'true' },
        },
      };
    },
  },
  {
    id: 'root-device-taken',
    code: 'invalid',
    source: 'nova api/openstack/compute/servers.py, InvalidBDMForRootDevice',
    test: (ask) => {
      const letters = deviceLetters(ROOT_DEVICE);
      const taken = volumeDevices(ask).find(
        ({ device }) => device !== null && deviceLetters(device) === letters,
      );
      if (ask.input.image === undefined || taken === undefined) return null;
      return { message: `${taken.device} is the root of a server that boots from an image.` };
    },
  },
  {
    id: 'device-taken',
    code: 'invalid',
    source: 'nova compute/manager.py, _default_block_device_names; told at once here',
    test: (ask) => {
      const named = volumeDevices(ask).flatMap(({ device }) =>
        device === null ? [] : deviceLetters(device),
      );
      const twice = named.find((letters, at) => named.indexOf(letters) < at);
      return twice === undefined
        ? null
        : { message: `Letter ${twice} is asked for twice; prefix and digits of a device do not count.` };
    },
  },
];

const sizes: CreateRule[] = [
  {
    id: 'image-status',
    code: 'invalid',
    source: 'nova compute/api.py, _validate_flavor_image, ImageNotActive',
    test: (ask) => {
      const image = imageFor(ask, ask.input.image);
      if (image === null || image.status === 'active') return null;
      return { message: `Image ${image.name} is ${image.status}; booting from it needs active.` };
    },
  },
  {
    id: 'flavor-too-small',
    code: 'invalid',
    source: 'nova compute/api.py, _validate_flavor_image, FlavorDiskSmallerThanImage',
    needs: ['flavor'],
    test: (ask) => {
      const image = imageFor(ask, ask.input.image);
      const flavor = flavorOf(ask);
      if (image === null || flavor === null || flavor.diskGib === 0) return null;
      const least = sizeOfImage(image);
      if (flavor.diskGib >= least) return null;
      return {
        message: `Flavor ${flavor.name} has a disk of ${flavor.diskGib} GiB; image ${image.name} needs ${least}.`,
        remedy: advice('Choose a bigger flavor, or put the image on a volume.'),
      };
    },
  },
  {
    id: 'too-much-metadata',
    code: 'over_quota',
    source: 'nova compute/api.py, _check_metadata_properties_quota',
    test: ({ input }) => metadataObjection(input.metadata),
  },
  {
    id: 'zero-disk-flavor',
    code: 'forbidden',
    source: 'nova policies/servers.py, create:zero_disk_flavor',
    needs: ['flavor'],
    test: (ask) => {
      const flavor = flavorOf(ask);
      if (flavor?.diskGib !== 0 || ask.input.image === undefined) return null;
      return policyRefusal('os_compute_api:servers:create:zero_disk_flavor', ask.actor, ask.id);
    },
  },
  {
    id: 'over-quota',
    code: 'over_quota',
    source: 'nova compute/utils.py, check_num_instances_quota',
    needs: ['flavor'],
    test: (ask) => {
      const flavor = flavorOf(ask);
      if (flavor === null) return null;
      const quota = rowOf(ask.world, 'quota', ask.id);
      return quotaObjection(ask, quota, { instances: 1, cores: flavor.vcpus, ram: flavor.ramMib });
    },
  },
];

export const CREATE_SERVER_RULES: readonly CreateRule[] = [...shape, ...found, ...sizes, ...DISK_RULES];
