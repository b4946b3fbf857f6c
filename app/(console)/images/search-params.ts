import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { directionParam, listParams, searchText } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';

const IMAGE_SORTS = ['name', 'status', 'visibility', 'format', 'size', 'owner', 'created'] as const;
export type ImageSort = (typeof IMAGE_SORTS)[number];

export const VISIBILITIES = ['public', 'community', 'shared', 'private'] as const;

export const imageParams = {
  ...listParams,
  sort: parseAsStringLiteral(IMAGE_SORTS).withDefault('name'),
  dir: directionParam('asc'),
  status: parseAsArrayOf(parseAsString).withDefault([]),
  visibility: parseAsArrayOf(parseAsStringLiteral(VISIBILITIES)).withDefault([]),
};

export const loadImageParams = createLoader(imageParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function imageListInput(
  params: Pick<inferParserType<typeof imageParams>, 'q'>,
): Inputs['images']['list'] {
  return { search: searchText(params.q) };
}
