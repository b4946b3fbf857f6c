/**
 * What speaks against what a new volume is made from, and against where it is to be.
 */
import type { Rule } from '../engine/verb';
import { statusRemedy as snapshotRemedy } from '../snapshot-verbs/snapshot-rules';
import { advice, statusRemedy } from '../volume-verbs/volume-remedy';
import { oneOf } from '../volume-verbs/volume-rules';
import { storageZones } from './choose-pool';
import {
  type CreateInput,
  type Creating,
  imageOf,
  originOf,
  sizeOf,
  sizeOfImage,
  snapshotOf,
  zoneOf,
} from './create-source';

export type CreateRule = Rule<CreateInput>;

/** Where most of them come from. */
export const FLOW = 'cinder volume/flows/api/create_volume.py';

export const SOURCE_RULES: readonly CreateRule[] = [
  {
    id: 'snapshot-status',
    code: 'invalid',
    source: FLOW,
    test: (ask) => {
      const snapshot = snapshotOf(ask);
      if (snapshot === null || snapshot.status === 'available') return null;
      return {
        message: `Snapshot ${snapshot.name} is ${snapshot.status}; making a volume from it needs available.`,
        remedy: snapshotRemedy(ask, snapshot),
      };
    },
  },
  {
    id: 'source-status',
    code: 'invalid',
    source: FLOW,
    test: (ask) => {
      const source = ask.world.volume.get(ask.input.sourceVolumeId ?? '');
      if (source === undefined || ['available', 'in-use'].includes(source.status)) return null;
      return {
        message: `Volume ${source.name} is ${source.status}; copying it needs available or in-use.`,
        remedy: statusRemedy(ask, source),
      };
    },
  },
  {
    id: 'image-status',
    code: 'invalid',
    source: FLOW,
    test: (ask) => {
      const image = imageOf(ask);
      if (image === null || image.status === 'active') return null;
      return {
        message: `Image ${image.name} is ${image.status}; making a volume from it needs active.`,
        remedy: advice('Choose an image that is active.', 'openstack image list --status active'),
      };
    },
  },
  {
    id: 'smaller-than-source',
    code: 'invalid',
    source: FLOW,
    needs: ['sizeGib'],
    test: (ask) => {
      const size = sizeOf(ask);
      const from = leastOf(ask);
      if (from === null || size === undefined || size >= from.gib) return null;
      return {
        message: `A volume made from ${from.what} needs at least ${from.gib} GiB, and ${size} are asked for.`,
        remedy: advice(`Ask for ${from.gib} GiB or more.`),
      };
    },
  },
  {
    id: 'zone',
    code: 'invalid',
    source: FLOW,
    test: (ask) => {
      const zone = zoneOf(ask);
      const zones = storageZones(ask.world, ask.settings);
      const origin = originOf(ask);
      if (origin !== null) {
        return origin.availabilityZone === zone
          ? null
          : {
              message: `Volume ${origin.name} is in availability zone ${origin.availabilityZone}; a copy of it cannot be in ${zone}.`,
              remedy: advice(`Ask for zone ${origin.availabilityZone}, or for none.`),
            };
      }
      return zones.includes(zone)
        ? null
        : {
            message: `There is no storage in availability zone ${zone}; there is in ${oneOf(zones)}.`,
            remedy: advice('Ask for one of these zones, or for none.'),
          };
    },
  },
];

/** @returns what the source needs, in GiB */
function leastOf(ask: Creating): { what: string; gib: number } | null {
  const snapshot = snapshotOf(ask);
  if (snapshot !== null) return { what: `snapshot ${snapshot.name}`, gib: snapshot.sizeGib };
  const origin = originOf(ask);
  if (origin !== null) return { what: `volume ${origin.name}`, gib: origin.sizeGib };
  const image = imageOf(ask);
  return image === null ? null : { what: `image ${image.name}`, gib: sizeOfImage(image) };
}
