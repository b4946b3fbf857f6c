import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { directionParam, listParams, pageInput, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { SERVER_STATUSES } from '~/server/domain/server';

const SERVER_SORTS = [
  'name',
  'status',
  'host',
  'project',
  'flavor',
  'zone',
  'attachments',
  'created',
] as const;
export type ServerSort = (typeof SERVER_SORTS)[number];

export const serverParams = {
  ...listParams,
  sort: parseAsStringLiteral(SERVER_SORTS).withDefault('name'),
  dir: directionParam('asc'),
  status: parseAsArrayOf(parseAsStringLiteral(SERVER_STATUSES)).withDefault([]),
  host: parseAsArrayOf(parseAsString).withDefault([]),
};

export const loadServerParams = createLoader(serverParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function serverListInput(params: inferParserType<typeof serverParams>): Inputs['servers']['list'] {
  return {
    ...pageInput(params),
    status: some(params.status),
    host: some(params.host),
  };
}
