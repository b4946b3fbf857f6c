import type { inferParserType } from 'nuqs/server';
import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { directionParam, listParams, pageInput, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { VOLUME_STATUSES } from '~/server/domain/volume';

export const VOLUME_SORTS = [
  'name',
  'status',
  'size',
  'type',
  'project',
  'zone',
  'attachments',
  'created',
] as const;
export type VolumeSort = (typeof VOLUME_SORTS)[number];

export const volumeParams = {
  ...listParams,
  sort: parseAsStringLiteral(VOLUME_SORTS).withDefault('name'),
  dir: directionParam('asc'),
  status: parseAsArrayOf(parseAsStringLiteral(VOLUME_STATUSES)).withDefault([]),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  attached: parseAsBoolean,
  multiattach: parseAsBoolean,
  bootable: parseAsBoolean,
};

export const loadVolumeParams = createLoader(volumeParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function volumeListInput(params: inferParserType<typeof volumeParams>): Inputs['volumes']['list'] {
  return {
    ...pageInput(params),
    status: some(params.status),
    type: some(params.type),
    attached: params.attached ?? undefined,
    multiattach: params.multiattach ?? undefined,
    bootable: params.bootable ?? undefined,
  };
}
