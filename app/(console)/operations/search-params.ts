import { createLoader, type inferParserType, parseAsArrayOf, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, searchText, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { ACTION_NAMES } from '~/server/domain/action';
import { OPERATION_OUTCOMES } from '~/server/domain/operation';

export const operationParams = {
  ...listParams,
  dir: directionParam('desc'),
  outcome: parseAsArrayOf(parseAsStringLiteral(OPERATION_OUTCOMES)).withDefault([]),
  action: parseAsArrayOf(parseAsStringLiteral(ACTION_NAMES)).withDefault([]),
};

export const loadOperationParams = createLoader(operationParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function operationListInput(
  params: inferParserType<typeof operationParams>,
): Inputs['operations']['list'] {
  return {
    search: searchText(params.q),
    outcome: some(params.outcome),
    action: some(params.action),
    allProjects: params.all,
    direction: params.dir,
    limit: params.size,
    cursor: params.cursor ?? undefined,
  };
}
