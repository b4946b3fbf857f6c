/**
 * How volumes of a type are encrypted.
 * Source: cinder/api/contrib/volume_type_encryption.py, cinder/api/schemas/volume_type_encryption.py
 */
import { z } from 'zod';
import { CONTROL_LOCATIONS } from '~/server/domain/encryption';
import { perform } from '~/server/services/perform';
import { getTypeEncryption } from '~/server/services/records/type-encryption-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { LARGEST, text255 } from './schema-types';

const keySize = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]+$/)
        .transform(Number),
    ],
    { error: 'expects a number of bits' },
  )
  .pipe(z.int({ error: 'expects a whole number of bits' }).min(0).max(LARGEST))
  .nullable();

const location = z.enum(CONTROL_LOCATIONS, { error: `expects one of ${CONTROL_LOCATIONS.join(', ')}` });

/** Other keys are ignored, as some clients send their own. */
const newEncryption = z.strictObject({
  encryption: z.object({
    provider: text255,
    control_location: location,
    cipher: text255.nullable().optional(),
    key_size: keySize.optional(),
  }),
});

const changedEncryption = z.strictObject({
  encryption: z.object({
    provider: text255.optional(),
    control_location: location.optional(),
    cipher: text255.nullable().optional(),
    key_size: keySize.optional(),
  }),
});

type Given = z.output<typeof changedEncryption>['encryption'];

/** A cipher that is null is left to the provider; a size of keys stays what it is. */
function inputOf({ provider, control_location, cipher, key_size }: Given): Record<string, unknown> {
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(control_location === undefined ? {} : { controlLocation: control_location }),
    ...(cipher === undefined ? {} : { cipher: cipher ?? '' }),
    ...(key_size == null ? {} : { keySize: key_size }),
  };
}

/** @returns what is said of it, under upstream's names; nothing where there is none */
function encryptionView(encryption: Awaited<ReturnType<typeof getTypeEncryption>>): Record<string, unknown> {
  if (encryption === null) return {};
  const { id, ...rest } = encryption;
  return { ...rest, encryption_id: id, deleted: false, deleted_at: null };
}

export const TYPE_ENCRYPTION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/types/:typeId/encryption',
    summary: 'Show how volumes of a type are encrypted; nothing where they are not',
    status: 200,
    handle: async ({ context, params }) =>
      answer(encryptionView(await getTypeEncryption(context, params.typeId))),
  }),
  route({
    method: 'GET',
    path: '/types/:typeId/encryption/:key',
    summary: 'Show one thing about how volumes of a type are encrypted',
    status: 200,
    handle: async ({ context, params }) => {
      const shown = encryptionView(await getTypeEncryption(context, params.typeId));
      if (!Object.hasOwn(shown, params.key)) {
        throw new FaultError(
          404,
          `Nothing is known of ${params.key.slice(0, 255)} of this type's encryption.`,
        );
      }
      return answer({ [params.key]: shown[params.key] });
    },
  }),
  route({
    method: 'POST',
    path: '/types/:typeId/encryption',
    summary: 'Encrypt volumes of a type',
    status: 200,
    body: { 0: newEncryption },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:volume_type_encryption:create');
      const { answer: made } = await perform(context, {
        action: 'volume-type.create-encryption',
        id: params.typeId,
        input: inputOf(body.encryption),
      });
      const { provider, control_location, cipher, key_size } = body.encryption;
      return answer({
        encryption: {
          volume_type_id: params.typeId,
          encryption_id: made.encryptionId,
          provider,
          control_location,
          cipher: cipher ?? null,
          key_size: key_size ?? null,
        },
      });
    },
  }),
  route({
    method: 'PUT',
    path: '/types/:typeId/encryption/:encryptionId',
    summary: 'Change how volumes of a type are encrypted',
    status: 200,
    body: { 0: changedEncryption },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:volume_type_encryption:update');
      await perform(context, {
        action: 'volume-type.update-encryption',
        id: params.typeId,
        input: inputOf(body.encryption),
      });
      return answer(body);
    },
  }),
  route({
    method: 'DELETE',
    path: '/types/:typeId/encryption/:encryptionId',
    summary: 'Encrypt volumes of a type no longer',
    status: 202,
    handle: async ({ context, params }) => {
      authorize(context, 'volume_extension:volume_type_encryption:delete');
      await perform(context, { action: 'volume-type.delete-encryption', id: params.typeId, input: {} });
      return empty(202);
    },
  }),
];
