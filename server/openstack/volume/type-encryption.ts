/**
 * How volumes of a type are encrypted: they are not, which clients may ask all the same.
 * Source: cinder/api/contrib/volume_type_encryption.py
 */
import { getVolumeTypeRecord } from '~/server/services/records/volume-type-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, type Call, type Route, route } from '../route';

const POLICY = 'volume_extension:volume_type_encryption:get';

/** @throws FaultError 400 always, once it is known that there is such a type */
async function refuse(
  { context }: Pick<Call<string, unknown, unknown>, 'context'>,
  typeId: string,
): Promise<never> {
  authorize(context, 'volume_extension:type_update');
  await getVolumeTypeRecord(context, typeId);
  throw new FaultError(400, 'Encryption by volume type is not offered here.');
}

export const TYPE_ENCRYPTION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/types/:typeId/encryption',
    summary: 'Show how volumes of a type are encrypted: not at all',
    status: 200,
    handle: async ({ context, params }) => {
      authorize(context, POLICY);
      await getVolumeTypeRecord(context, params.typeId);
      return answer({});
    },
  }),
  route({
    method: 'GET',
    path: '/types/:typeId/encryption/:key',
    summary: 'Show one thing about how volumes of a type are encrypted: there is none',
    status: null,
    handle: async ({ context, params }) => {
      authorize(context, POLICY);
      const { name } = await getVolumeTypeRecord(context, params.typeId);
      throw new FaultError(404, `Volumes of type ${name} are not encrypted.`);
    },
  }),
  route({
    method: 'POST',
    path: '/types/:typeId/encryption',
    summary: 'Encrypt volumes of a type: refused',
    status: null,
    handle: (call) => refuse(call, call.params.typeId),
  }),
];
