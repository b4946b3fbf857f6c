/**
 * What an image looks like, for clients that ask first.
 * Source: glance/api/v2/images.py, get_base_properties
 */
import { answer, type Route, route } from '../route';

const text = { type: ['null', 'string'] };
const number = { type: ['null', 'integer'] };
const readOnly = { readOnly: true };

const IMAGE = {
  name: 'image',
  properties: {
    id: { type: 'string', description: 'Id of the image' },
    name: { ...text, maxLength: 255, description: 'Name for people' },
    status: { type: 'string', ...readOnly, description: 'queued, active …' },
    visibility: { type: 'string', enum: ['community', 'public', 'private', 'shared'] },
    protected: { type: 'boolean', description: 'Whether it cannot be deleted' },
    os_hidden: { type: 'boolean', description: 'Whether lists leave it out' },
    checksum: { ...text, ...readOnly },
    os_hash_algo: { ...text, ...readOnly },
    os_hash_value: { ...text, ...readOnly },
    owner: { ...text, description: 'Project it belongs to' },
    size: { ...number, ...readOnly, description: 'In bytes' },
    virtual_size: { ...number, ...readOnly, description: 'In bytes' },
    container_format: { ...text, description: 'e.g. bare' },
    disk_format: { ...text, description: 'e.g. raw or qcow2' },
    created_at: { type: 'string', ...readOnly },
    updated_at: { type: 'string', ...readOnly },
    tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
    min_ram: { type: 'integer', description: 'In MiB' },
    min_disk: { type: 'integer', description: 'In GiB' },
    self: { type: 'string', ...readOnly },
    file: { type: 'string', ...readOnly },
    schema: { type: 'string', ...readOnly },
  },
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

const MEMBER = {
  name: 'member',
  properties: {
    member_id: { type: 'string' },
    image_id: { type: 'string' },
    status: { type: 'string', enum: ['pending', 'accepted', 'rejected'] },
    created_at: { type: 'string' },
    updated_at: { type: 'string' },
    schema: { type: 'string' },
  },
};

const SCHEMAS = {
  image: IMAGE,
  images: listOf(IMAGE, 'images'),
  member: MEMBER,
  members: listOf(MEMBER, 'members'),
};

function listOf(item: object, name: string): object {
  return {
    name,
    properties: {
      [name]: { type: 'array', items: item },
      first: { type: 'string' },
      next: { type: 'string' },
      schema: { type: 'string' },
    },
    links: [
      { rel: 'first', href: '{first}' },
      { rel: 'next', href: '{next}' },
      { rel: 'describedby', href: '{schema}' },
    ],
  };
}

export const SCHEMA_ROUTES: readonly Route[] = Object.entries(SCHEMAS).map(([name, schema]) =>
  route({
    method: 'GET',
    path: `/schemas/${name}`,
    summary: `Show the schema of ${name}`,
    status: 200,
    handle: () => answer(schema),
  }),
);
