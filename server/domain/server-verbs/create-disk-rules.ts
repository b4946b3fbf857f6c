/**
 * What speaks against the disks of a new server: volumes that cannot be had, an order that cannot be booted, volumes that
 * could not be made.
 */
import { heldRefusal, takenRefusal, volumeStatusRefusal } from '../attach-volume-refusals';
import { attachmentFacts } from '../disk-verbs/disk-facts';
import type { Objection, Rule } from '../engine/verb';
import { attachmentsOf, rowOf, type VolumeRecord } from '../engine/world';
import { CREATE_RULES } from '../volume-life/create-rules';
import { withinType } from '../volume-life/type-of-volume';
import { quotaObjection } from '../volume-verbs/volume-quota';
import { advice } from '../volume-verbs/volume-remedy';
import { readDevices } from './block-devices';
import {
  type CreateServerInput,
  type CreatingServer,
  existing,
  madeAs,
  volumeDevices,
  volumesToMake,
  zoneOfNew,
} from './create-source';

type CreateRule = Rule<CreateServerInput>;

const API = 'nova compute/api.py, _validate_bdm';

export const DISK_RULES: readonly CreateRule[] = [
  {
    id: 'volume-not-found',
    code: 'invalid',
    source: API,
    test: (ask) => {
      const lost = volumeDevices(ask).find(
        ({ source, uuid }) => source === 'volume' && !ask.world.volume.has(uuid ?? ''),
      );
      return lost === undefined ? null : { message: `There is no volume ${lost.uuid}.` };
    },
  },
  {
    id: 'other-zone',
    code: 'invalid',
    source: 'nova volume/cinder.py, check_availability_zone, cross_az_attach',
    test: (ask) => {
      const zone = zoneOfNew(ask);
      const other = existing(ask).find(({ availabilityZone }) => availabilityZone !== zone);
      if (ask.settings.crossZoneAttach || other === undefined) return null;
      return {
        message: `Volume ${other.name} is in zone ${other.availabilityZone}, another of its volumes in ${zone}; this cloud attaches within one zone only.`,
      };
    },
  },
  {
    id: 'boot-order',
    code: 'invalid',
    source: `${API}, InvalidBDMBootSequence`,
    test: ({ input }) => {
      const read = readDevices(input.devices);
      if (!Array.isArray(read) || read.length === 0) return null;
      const order = read.flatMap(({ bootIndex }) => bootIndex ?? []).toSorted((a, b) => a - b);
      if (order.length > 0 && order.every((index, at) => index === at)) return null;
      return {
        message: `boot_index must be 0, 1, 2 … among the disks to boot from; here it is ${order.join(', ') || 'on none'}.`,
        remedy:
          input.image === undefined
            ? advice('Give boot_index 0 to the volume that the server boots from.')
            : advice(
                'List the image as well: source_type image, destination_type local, boot_index 0, and its uuid.',
              ),
      };
    },
  },
  {
    id: 'volume-twice',
    code: 'invalid',
    source: 'cinder volume/api.py, _attachment_reserve: the first one has reserved it',
    test: (ask) => {
      const ids = existing(ask).map(({ id }) => id);
      const twice = existing(ask).find(({ id }, at) => ids.indexOf(id) < at);
      return twice === undefined ? null : { message: `Volume ${twice.name} is asked for twice.` };
    },
  },
  {
    id: 'volume-unfit',
    code: 'invalid',
    source:
      'nova compute/api.py, _check_attach_and_reserve_volume; cinder volume/api.py, _attachment_reserve',
    test: (ask) => {
      for (const volume of existing(ask)) {
        const objection = unfit(ask, volume);
        if (objection !== null) return objection;
      }
      return null;
    },
  },
  {
    id: 'new-volume',
    code: 'invalid',
    source: `${API}; cinder volume/flows/api/create_volume.py, told at once here`,
    test: (ask) => {
      for (const { creating } of volumesToMake(ask)) {
        for (const rule of CREATE_RULES) {
          // All of them count together, below.
          const objection = rule.id === 'quota' ? null : rule.test(creating);
          if (objection === null) continue;
          const code = objection.code ?? rule.code;
          // What the request names and is not there is bad input to Nova, which is asked for a server.
          return { ...objection, code: code === 'not_found' ? 'invalid' : code };
        }
      }
      return null;
    },
  },
  {
    id: 'volume-quota',
    code: 'over_quota',
    source: 'cinder volume/flows/api/create_volume.py, QuotaReserveTask; told at once here',
    test: (ask) => {
      const sum: Record<string, number> = {};
      for (const { creating } of volumesToMake(ask)) {
        const made = madeAs(creating);
        if (made === null) continue;
        const amounts = withinType(made.type, { volumes: 1, gigabytes: made.sizeGib });
        for (const [resource, amount] of Object.entries(amounts))
          sum[resource] = (sum[resource] ?? 0) + amount;
      }
      return quotaObjection(ask, rowOf(ask.world, 'quota', ask.id), sum);
    },
  },
];

/** Whether it could be attached, which is what booting with it is. */
function unfit(ask: CreatingServer, volume: VolumeRecord): Objection | null {
  const facts = attachmentsOf(ask.world, volume.id).map((each) => attachmentFacts(each, ask.world));
  const refusal =
    takenRefusal(volume, facts) ?? volumeStatusRefusal(volume) ?? heldRefusal({ id: '' }, volume, facts);
  if (refusal !== null) {
    const { message, remedy } = refusal;
    return { message, ...(remedy === undefined ? {} : { remedy }) };
  }
  return heldStatus(volume);
}

/** It is reserved, or in use, by somebody else: this server is yet to be made. */
function heldStatus({ name, status, multiattach }: VolumeRecord): Objection | null {
  if (status === 'reserved' || (status === 'in-use' && !multiattach))
    return { message: `Volume ${name} is ${status}; booting with it needs available.` };
  return null;
}
