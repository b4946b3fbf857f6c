import { createLoader, type inferParserType, parseAsBoolean, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, searchText } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';

const FLAVOR_SORTS = ['name', 'vcpus', 'memory', 'disk', 'ephemeral', 'swap', 'servers'] as const;
export type FlavorSort = (typeof FLAVOR_SORTS)[number];

export const flavorParams = {
  ...listParams,
  sort: parseAsStringLiteral(FLAVOR_SORTS).withDefault('memory'),
  dir: directionParam('asc'),
  public: parseAsBoolean,
  disabled: parseAsBoolean,
};

export const loadFlavorParams = createLoader(flavorParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function flavorListInput(
  params: Pick<inferParserType<typeof flavorParams>, 'q'>,
): Inputs['flavors']['list'] {
  return { search: searchText(params.q) };
}
