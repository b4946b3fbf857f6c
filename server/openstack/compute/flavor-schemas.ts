/**
 * Bodies and queries about flavors.
 * Source: nova/api/openstack/compute/schemas/flavors.py, flavor_manage.py, flavor_access.py, flavors_extraspecs.py
 */
import { z } from 'zod';
import { FLAVOR_SORT_KEYS } from '~/server/services/records/flavor-records';
import { bool, LARGEST, LONGEST, name, queryNumber, text255 } from './schema-types';

const amount = (least: number) =>
  z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^[0-9]+$/)
          .transform(Number),
      ],
      { error: 'expects a number' },
    )
    .pipe(z.int().min(least).max(LARGEST));

/** Letters, digits, blanks and `._-`, without blanks around it; null for one that is made up. */
const flavorId = z
  .union([
    z
      .string()
      .max(LONGEST)
      .regex(/^(?! )[a-zA-Z0-9. _-]+(?<! )$/, { error: 'expects letters, digits, blanks and any of . _ -' }),
    z.number().transform(String),
  ])
  .nullable();

const description = z.string().max(65_535).nullable();

const created = {
  name,
  id: flavorId.optional(),
  ram: amount(1),
  vcpus: amount(1),
  disk: amount(0),
  'OS-FLV-EXT-DATA:ephemeral': amount(0).optional(),
  swap: amount(0).optional(),
  rxtx_factor: z.union([z.number().positive(), z.string().regex(/^[0-9]+(\.[0-9]+)?$/)]).optional(),
  'os-flavor-access:is_public': bool.optional(),
};
const described = { ...created, description: description.optional() };
export type FlavorBody = z.output<z.ZodObject<typeof described>>;

export const CREATE_FLAVOR_BODY: Readonly<Record<number, z.ZodType<{ flavor: FlavorBody }>>> = {
  1: z.strictObject({ flavor: z.strictObject(created) }),
  55: z.strictObject({ flavor: z.strictObject(described) }),
};

export const UPDATE_FLAVOR_BODY = { 55: z.strictObject({ flavor: z.strictObject({ description }) }) };

/** No flavor is larger than what its columns hold, so any larger bound finds as much as that. */
const least = z
  .string()
  .regex(/^-?\d+$/, { error: 'expects a number' })
  .transform((digits) => Math.max(-LARGEST, Math.min(Number(digits), LARGEST)));

const query = {
  is_public: z.string().optional(),
  minRam: least.optional(),
  minDisk: least.optional(),
  sort_key: z.enum(FLAVOR_SORT_KEYS).default('flavorid'),
  sort_dir: z.enum(['asc', 'desc']).default('asc'),
  limit: queryNumber.optional(),
  marker: z.string().optional(),
};
/** From 2.75 on, nothing else may be asked. */
export const FLAVOR_QUERY = { 1: z.object(query), 75: z.strictObject(query) };

/** A number is as good as a text, and becomes one. */
const spec = z.union([text255, z.number().transform(String)]);
const specName = z.string().regex(/^[a-zA-Z0-9\-_:. ]{1,255}$/, {
  error: 'expects names of 1 to 255 letters, digits, blanks and any of - _ : .',
});
const specs = z.record(specName, spec);

export const SPECS_BODY = { 1: z.strictObject({ extra_specs: specs }) };
export const SPEC_BODY = { 1: specs };

const access = z.strictObject({ tenant: z.string().min(1).max(LONGEST) });
export const ACCESS_BODY = { 1: access };
