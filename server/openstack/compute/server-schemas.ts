/**
 * Bodies of requests for a server and for changes of one, each closed, as the versions brought their members.
 * Source: nova/api/openstack/compute/schemas/servers.py
 */
import { z } from 'zod';
import { bool, LARGEST, metadata, name, tag, text255, uuid } from './schema-types';
import { deviceAt, legacyDevice } from './server-device-schemas';

const MOST_TAGS = 50;
const LONGEST_USER_DATA = 65_535;

/** Id of a flavor, as a text, a number, or the end of a URL. */
export const flavorRef = z
  .union([z.string().min(1), z.int()], { error: 'expects the id of a flavor' })
  .transform((ref) => String(ref).split('/').at(-1) ?? '');

export const diskConfig = z.enum(['AUTO', 'MANUAL'], { error: 'expects AUTO or MANUAL' });

const count = z
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
  .pipe(z.int().min(1, { error: 'expects at least 1' }).max(LARGEST));

const base64 = z
  .string()
  .max(LONGEST_USER_DATA)
  // No blank can be read in two ways: many of them must not take long to be refused.
  .regex(/^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/, { error: 'expects Base64' });

/** Nothing that could not be shown (nova parameter_types.py, description). */
const description = z
  .string()
  .max(255)
  .refine((text) => !/\p{Cc}/u.test(text.replaceAll(/[\r\n\t]/g, '')), {
    error: 'expects characters that can be printed',
  })
  .nullable();

const hostname = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, { error: 'expects letters, digits and hyphens between them' });

const fqdn = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9-._]*$/, { error: 'expects the name of a host' });

/** In its shortest form, as it is shown. */
const ipv6 = z.ipv6().transform((address) => new URL(`http://[${address}]`).hostname.slice(1, -1));

const network = {
  fixed_ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  port: uuid.nullable().optional(),
  uuid: z.string().optional(),
  tag: tag.optional(),
};
export type NewNetwork = z.output<z.ZodObject<typeof network>>;

function networksAt(minor: number): z.ZodType<NewNetwork[] | 'none' | 'auto'> {
  const { tag: withTag, ...always } = network;
  const hasTag = (minor >= 32 && minor < 37) || minor >= 42;
  const shape = { ...always, ...(minor >= 37 ? { uuid: uuid.optional() } : {}) };
  const list = z.array(z.strictObject(hasTag ? { ...shape, tag: withTag } : shape));
  return minor >= 37
    ? z.union([list, z.enum(['none', 'auto'])], { error: 'expects a list of networks, none or auto' })
    : list;
}

function members(minor: number) {
  const networks = networksAt(minor);
  return {
    name,
    imageRef: z.union([uuid, z.literal('')], { error: 'expects the id of an image, or nothing' }).optional(),
    flavorRef,
    adminPass: z.string().optional(),
    metadata: metadata.optional(),
    networks: minor >= 37 ? networks : networks.optional(),
    'OS-DCF:diskConfig': diskConfig.optional(),
    accessIPv4: z.ipv4().optional(),
    accessIPv6: ipv6.optional(),
    personality: z
      .array(z.strictObject({ path: z.string().optional(), contents: base64.optional() }))
      .optional(),
    availability_zone: name.optional(),
    block_device_mapping: z.array(legacyDevice).optional(),
    block_device_mapping_v2: z.array(deviceAt(minor)).optional(),
    config_drive: bool.optional(),
    key_name: name.optional(),
    min_count: count.optional(),
    max_count: count.optional(),
    return_reservation_id: bool.optional(),
    security_groups: z.array(z.strictObject({ name: name.optional() })).optional(),
    user_data: base64.optional(),
    description: description.optional(),
    tags: z.array(tag).max(MOST_TAGS).optional(),
    trusted_image_certificates: z.array(text255.min(1)).min(1).max(MOST_TAGS).nullable().optional(),
    host: fqdn.optional(),
    hypervisor_hostname: fqdn.optional(),
    hostname: hostname.optional(),
  };
}

/** First and last minor version of those members that were not always there. */
const SPANS: Readonly<Record<string, readonly [number, number]>> = {
  personality: [1, 56],
  description: [19, Infinity],
  tags: [52, Infinity],
  trusted_image_certificates: [63, Infinity],
  host: [74, Infinity],
  hypervisor_hostname: [74, Infinity],
  hostname: [90, Infinity],
};

export type NewServer = z.output<z.ZodObject<ReturnType<typeof members>>>;
export interface CreateBody {
  server: NewServer;
}

function createAt(minor: number): z.ZodType<CreateBody> {
  const known = Object.entries(members(minor)).filter(([key]) => {
    const [first, last] = SPANS[key] ?? [1, Infinity];
    return first <= minor && minor <= last;
  });
  const hints = z.looseObject({}).optional();
  return z.strictObject({
    // Members that the version does not know are optional in all of them.
    server: z.strictObject(Object.fromEntries(known)) as unknown as z.ZodType<NewServer>,
    'os:scheduler_hints': hints,
    'OS-SCH-HNT:scheduler_hints': hints,
  });
}

const CREATE_CHANGES = [1, 19, 32, 33, 37, 42, 52, 57, 63, 67, 74, 90] as const;
export const CREATE_SERVER_BODY = Object.fromEntries(CREATE_CHANGES.map((minor) => [minor, createAt(minor)]));

const changes = {
  name: name.optional(),
  'OS-DCF:diskConfig': diskConfig.optional(),
  accessIPv4: z.union([z.ipv4(), z.literal('')]).optional(),
  accessIPv6: z.union([ipv6, z.literal('')]).optional(),
  description: description.optional(),
  hostname: hostname.optional(),
};
export interface UpdateBody {
  server: z.output<z.ZodObject<typeof changes>>;
}

const { description: _description, hostname: _hostname, ...first } = changes;
const { hostname: _later, ...second } = changes;
export const UPDATE_SERVER_BODY: Readonly<Record<number, z.ZodType<UpdateBody>>> = {
  1: z.strictObject({ server: z.strictObject(first) }),
  19: z.strictObject({ server: z.strictObject(second) }),
  90: z.strictObject({ server: z.strictObject(changes) }),
};
