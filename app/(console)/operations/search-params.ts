import { createLoader, type inferParserType, parseAsArrayOf, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams, pageInput, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { ACTION_NAMES } from '~/server/domain/action';
import { OPERATION_OUTCOMES } from '~/server/domain/operation';

export const operationParams = {
  ...listParams,
  /** The only order there is; a list can always be asked for its own. */
  sort: parseAsStringLiteral(['started']).withDefault('started'),
  dir: directionParam('desc'),
  outcome: parseAsArrayOf(parseAsStringLiteral(OPERATION_OUTCOMES)).withDefault([]),
  action: parseAsArrayOf(parseAsStringLiteral(ACTION_NAMES)).withDefault([]),
};

export const loadOperationParams = createLoader(operationParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function operationListInput(
  params: inferParserType<typeof operationParams>,
): Inputs['operations']['list'] {
  const { sort: _onlyOne, ...page } = pageInput(params);
  return { ...page, outcome: some(params.outcome), action: some(params.action) };
}
