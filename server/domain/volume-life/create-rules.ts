/**
 * What speaks against a new volume, in the API's order (cinder `api/v3/volumes.py` create, then
 * `volume/flows/api/create_volume.py`).
 */
import { policyRefusal } from '../policy';
import { METADATA_RULES } from '../volume-verbs/metadata-rules';
import { perVolumeObjection, quotaObjection } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import { imageOf, originOf, sizeOf, snapshotOf, typeOf } from './create-source';
import { type CreateRule, FLOW, SOURCE_RULES } from './create-source-rules';
import { isMultiattachType, sizeOfTypeObjection, withinType } from './type-of-volume';

const API = 'cinder api/v3/volumes.py, create';

const found: CreateRule[] = [
  {
    id: 'project-not-found',
    code: 'not_found',
    source: 'Every quota belongs to a project that there is',
    test: ({ world, id }) => (world.quota.has(id) ? null : { message: `There is no project ${id}.` }),
  },
  {
    id: 'type-not-found',
    code: 'not_found',
    source: API,
    test: (ask) =>
      ask.input.type === undefined || ask.input.type === '' || typeOf(ask) !== null
        ? null
        : {
            message: `There is no volume type ${ask.input.type} that ${ask.actor.projectName} may use.`,
            remedy: advice('Pick one of the types there are.', 'openstack volume type list'),
          },
  },
  {
    id: 'snapshot-not-found',
    code: 'not_found',
    source: API,
    test: (ask) =>
      ask.input.snapshotId === undefined || snapshotOf(ask) !== null
        ? null
        : {
            message: `There is no snapshot ${ask.input.snapshotId} that ${ask.actor.projectName} may use.`,
            remedy: advice('Pick one of the snapshots there are.', 'openstack volume snapshot list'),
          },
  },
  {
    id: 'source-not-found',
    code: 'not_found',
    source: API,
    test: (ask) =>
      ask.input.sourceVolumeId === undefined || ask.world.volume.has(ask.input.sourceVolumeId)
        ? null
        : {
            message: `There is no volume ${ask.input.sourceVolumeId} that ${ask.actor.projectName} may copy.`,
            remedy: advice('Pick one of the volumes there are.', 'openstack volume list'),
          },
  },
  {
    id: 'image-not-found',
    code: 'invalid',
    source: API,
    test: (ask) =>
      ask.input.imageId === undefined || imageOf(ask) !== null
        ? null
        : {
            message: `There is no image ${ask.input.imageId} that ${ask.actor.projectName} may use.`,
            remedy: advice('Pick one of the images there are.', 'openstack image list'),
          },
  },
  {
    id: 'no-default-type',
    code: 'invalid',
    source: 'cinder volume/volume_types.py, get_default_volume_type',
    test: (ask) => {
      const named = ask.input.type !== undefined && ask.input.type !== '';
      if (named || typeOf(ask) !== null) return null;
      return {
        message: `No volume type is given, and the default one (${ask.settings.defaultVolumeTypeId ?? 'none'}) is not there.`,
        remedy: advice('Name a volume type.', 'openstack volume type list'),
      };
    },
  },
  {
    id: 'image-forbidden',
    code: 'forbidden',
    source: 'cinder volume/api.py, create: volume:create_from_image',
    test: (ask) =>
      ask.input.imageId === undefined ? null : policyRefusal('volume:create_from_image', ask.actor, ask.id),
  },
];

const shape: CreateRule[] = [
  {
    id: 'size-missing',
    code: 'invalid',
    source: FLOW,
    test: (ask) => {
      if (sizeOf(ask) !== undefined) return null;
      const what = ask.input.imageId === undefined ? 'an empty volume' : 'a volume made from an image';
      return { message: `A size is needed for ${what}.`, remedy: advice('Give a size in GiB.') };
    },
  },
  {
    id: 'size-of-type',
    code: 'invalid',
    source: 'cinder volume/volume_types.py, provision_filter_on_size',
    test: (ask) => {
      const type = typeOf(ask);
      const size = sizeOf(ask);
      return type === null || size === undefined ? null : sizeOfTypeObjection(type, size);
    },
  },
  {
    id: 'type-of-source',
    code: 'invalid',
    source: 'cinder volume/api.py, create: _retype_is_possible',
    test: (ask) => {
      const type = typeOf(ask);
      const origin = originOf(ask);
      const former = origin === null ? undefined : ask.world.volumeType.get(origin.typeId);
      if (origin === null || type === null || former === undefined || former.id === type.id) return null;
      if (former.extraSpecs.volume_backend_name === type.extraSpecs.volume_backend_name) return null;
      return {
        message: `Type ${type.name} is kept on another backend than type ${former.name} of volume ${origin.name}; a copy stays where its source is.`,
        remedy: advice(`Make it with type ${former.name}, then change its type.`),
      };
    },
  },
  ...METADATA_RULES,
  {
    id: 'several-sources',
    code: 'invalid',
    source: FLOW,
    test: ({ input }) => {
      const given = [input.snapshotId, input.sourceVolumeId, input.imageId].filter(
        (each) => each !== undefined,
      );
      return given.length < 2
        ? null
        : {
            message: 'A volume is made from one thing: a snapshot, a volume or an image.',
            remedy: advice('Name only one of them.'),
          };
    },
  },
];

const room: CreateRule[] = [
  {
    id: 'multiattach-encrypted',
    code: 'invalid',
    source: `${FLOW}: multiattach and encryption exclude each other`,
    test: (ask) => {
      const type = typeOf(ask);
      const origin = originOf(ask);
      if (type === null || !isMultiattachType(type)) return null;
      if (type.encryption != null) {
        return {
          message: `Type ${type.name} is multiattach, and encrypted: no volume can be both.`,
          remedy: advice('Pick a type that is only one of them.', 'openstack volume type list'),
        };
      }
      if (origin?.encrypted !== true) return null;
      return {
        message: `Volume ${origin.name} is encrypted; a copy cannot be of multiattach type ${type.name}.`,
        remedy: advice('Pick a type that is not multiattach.', 'openstack volume type list'),
      };
    },
  },
  {
    id: 'multiattach-forbidden',
    code: 'forbidden',
    source: `${FLOW}: volume:multiattach`,
    test: (ask) => {
      const type = typeOf(ask);
      if (type === null || !isMultiattachType(type)) return null;
      return policyRefusal('volume:multiattach', ask.actor, ask.id);
    },
  },
  {
    id: 'per-volume-quota',
    code: 'over_quota',
    source: `${FLOW}, QuotaReserveTask`,
    test: (ask) => {
      const size = sizeOf(ask);
      const quota = ask.world.quota.get(ask.id);
      return size === undefined || quota === undefined ? null : perVolumeObjection(ask, quota, size);
    },
  },
  {
    id: 'quota',
    code: 'over_quota',
    source: `${FLOW}, QuotaReserveTask`,
    test: (ask) => {
      const type = typeOf(ask);
      const size = sizeOf(ask);
      const quota = ask.world.quota.get(ask.id);
      if (type === null || size === undefined || quota === undefined) return null;
      return quotaObjection(ask, quota, withinType(type, { volumes: 1, gigabytes: size }));
    },
  },
];

export const CREATE_RULES: readonly CreateRule[] = [...found, ...shape, ...SOURCE_RULES, ...room];
