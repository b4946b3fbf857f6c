/**
 * Volume types as the volume API writes them.
 * Source: cinder/api/v3/views/types.py; clients' schemas are closed, so that each answer has its own keys.
 */
import type { Context } from '~/server/services/context';
import type { VolumeTypeRecord } from '~/server/services/records/volume-type-records';
import { mayDo } from '~/server/services/refused';

/** What every answer says. */
function base(context: Context, type: VolumeTypeRecord) {
  return {
    id: type.id,
    name: type.name,
    is_public: type.public,
    description: type.description,
    ...(mayDo(context, 'volume_extension:access_types_extra_specs') ? { extra_specs: type.extraSpecs } : {}),
  };
}

/** @returns the type as an update answers it */
export function updatedType(context: Context, type: VolumeTypeRecord): unknown {
  return base(context, type);
}

/** @returns the type as a creation answers it: with whether it is for everybody, under its older name too */
export function createdType(context: Context, type: VolumeTypeRecord): Record<string, unknown> {
  return {
    ...base(context, type),
    ...(mayDo(context, 'volume_extension:volume_type_access')
      ? { 'os-volume-type-access:is_public': type.public }
      : {}),
  };
}

/** @returns the type as it is listed and shown: with its quality of service, for who may know */
export function shownType(context: Context, type: VolumeTypeRecord): unknown {
  return {
    ...createdType(context, type),
    ...(mayDo(context, 'volume_extension:access_types_qos_specs_id')
      ? { qos_specs_id: type.qosSpecsId }
      : {}),
  };
}
