/**
 * What stands under the key of an action on a server.
 * Source: nova/api/openstack/compute/schemas/{servers,lock_server,shelve,rescue,reset_server_state}.py
 */
import { z } from 'zod';
import { name, text255, uuid } from './schema-types';
import { diskConfig, flavorRef } from './server-schemas';

/** Actions without arguments take whatever stands there; normally null. */
export const ANYTHING = { 1: z.unknown() };

export const REBOOT = {
  1: z.strictObject({
    type: z
      .enum(['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'], { error: 'expects HARD or SOFT' })
      .transform((type) => (type.toLowerCase() === 'hard' ? 'server.reboot-hard' : 'server.reboot-soft')),
  }),
};

export const RESIZE = {
  1: z.strictObject({ flavorRef, 'OS-DCF:diskConfig': diskConfig.optional() }),
};

interface LockInput {
  lockedReason?: string | undefined;
}

/** Since 2.73 a lock may have a reason. */
export const LOCK: Readonly<Record<number, z.ZodType<LockInput>>> = {
  1: z.unknown().transform(() => ({})),
  73: z
    .strictObject({ locked_reason: text255.min(1, { error: 'expects at least one character' }).optional() })
    .nullable()
    .transform((lock) => (lock?.locked_reason === undefined ? {} : { lockedReason: lock.locked_reason })),
};

export const RESET_STATE = {
  1: z.strictObject({ state: z.enum(['active', 'error'], { error: 'expects active or error' }) }),
};

export const RESCUE = {
  1: z.strictObject({ adminPass: z.string().optional(), rescue_image_ref: uuid.optional() }).nullable(),
};

interface UnshelveInput {
  zone?: string | undefined;
  host?: string | undefined;
}

/** A zone since 2.77; since 2.91 a host, and null for a zone that binds it no longer. */
export const UNSHELVE: Readonly<Record<number, z.ZodType<UnshelveInput>>> = {
  1: z.unknown().transform(() => ({})),
  77: z
    .strictObject({ availability_zone: name })
    .nullable()
    .transform((place) => (place === null ? {} : { zone: place.availability_zone })),
  91: z
    .strictObject({ availability_zone: name.nullable().optional(), host: name.optional() })
    .nullable()
    .transform((place) => {
      const { availability_zone: zone, host } = place ?? {};
      return {
        ...(zone === undefined || zone === null ? {} : { zone }),
        ...(host === undefined ? {} : { host }),
      };
    }),
};
