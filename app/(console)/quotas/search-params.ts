import { createLoader, type inferParserType, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, searchText } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';

const QUOTA_SORTS = ['name', 'volumes', 'gigabytes', 'snapshots', 'instances', 'cores', 'ram'] as const;
export type QuotaSort = (typeof QUOTA_SORTS)[number];

export const quotaParams = {
  ...listParams,
  sort: parseAsStringLiteral(QUOTA_SORTS).withDefault('name'),
  dir: directionParam('asc'),
};

export const loadQuotaParams = createLoader(quotaParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function quotaListInput(
  params: Pick<inferParserType<typeof quotaParams>, 'q'>,
): Inputs['quotas']['list'] {
  return { search: searchText(params.q) };
}
