import { createLoader, type inferParserType, parseAsBoolean, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, searchText } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';

const VOLUME_TYPE_SORTS = ['name', 'access', 'volumes', 'created'] as const;
export type VolumeTypeSort = (typeof VOLUME_TYPE_SORTS)[number];

export const volumeTypeParams = {
  ...listParams,
  sort: parseAsStringLiteral(VOLUME_TYPE_SORTS).withDefault('name'),
  dir: directionParam('asc'),
  multiattach: parseAsBoolean,
  public: parseAsBoolean,
};

export const loadVolumeTypeParams = createLoader(volumeTypeParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function volumeTypeListInput(
  params: Pick<inferParserType<typeof volumeTypeParams>, 'q'>,
): Inputs['volumeTypes']['list'] {
  return { search: searchText(params.q) };
}
