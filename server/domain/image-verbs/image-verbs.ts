/**
 * What can be done to an image: it goes. An upload of a volume makes them.
 */
import { remove } from '../engine/change';
import { type AnyVerb, type Ask, defineVerb } from '../engine/verb';
import { type ImageRecord, rowOf } from '../engine/world';
import type { VerbName } from '../verb-catalogue';
import { advice } from '../volume-verbs/volume-remedy';

function imageOf({ world, id }: Pick<Ask<object>, 'world' | 'id'>): ImageRecord {
  return rowOf(world, 'image', id);
}

function nameOf({ id, name }: ImageRecord): string {
  return name === '' ? id : name;
}

/** Statuses of an image that an upload writes still. */
const UNFINISHED: readonly string[] = ['queued', 'saving'];

const deleteImage = defineVerb({
  name: 'image.delete',
  noun: 'image',
  fields: {},
  life: null,
  rules: [
    {
      id: 'protected',
      code: 'forbidden',
      source: 'glance api/v2/images.py, delete',
      test: (ask) => {
        const image = imageOf(ask);
        if (!image.protected) return null;
        return {
          message: `Image ${nameOf(image)} is protected, and cannot be deleted.`,
          remedy: advice('Ask its owner whether it may go.'),
        };
      },
    },
  ],
  plan: (ask) => {
    const image = imageOf(ask);
    return {
      changes: [remove('image', image.id)],
      subject: { imageId: image.id },
      job: null,
      message: `Image ${nameOf(image)} is deleted`,
    };
  },
  steps: (ask) => [`Image ${nameOf(imageOf(ask))} is deleted.`, 'Volumes and servers made from it stay.'],
  warnings: (ask) =>
    UNFINISHED.includes(imageOf(ask).status) ? ['It is still being written; that will end in failure.'] : [],
  confirm: (ask) => nameOf(imageOf(ask)),
  spoken: ({ id }) => ({
    command: `openstack image delete ${id}`,
    request: { method: 'DELETE', path: `/v2/images/${id}`, body: null },
  }),
});

export const IMAGE_VERBS = { 'image.delete': deleteImage } satisfies Partial<Record<VerbName, AnyVerb>>;
