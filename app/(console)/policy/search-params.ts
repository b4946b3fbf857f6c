import { parseAsArrayOf, parseAsBoolean, parseAsStringLiteral } from 'nuqs/server';
import { directionParam, listParams } from '~/app/_lib/list-params';

const POLICY_SORTS = ['rule', 'permits', 'default', 'now'] as const;
export type PolicySort = (typeof POLICY_SORTS)[number];

export const APIS = ['compute', 'storage', 'images', 'identity', 'mooring'] as const;
export const WHO = ['admin', 'member', 'reader', 'owner', 'service', 'nobody'] as const;

export const policyParams = {
  ...listParams,
  sort: parseAsStringLiteral(POLICY_SORTS).withDefault('rule'),
  dir: directionParam('asc'),
  api: parseAsArrayOf(parseAsStringLiteral(APIS)).withDefault([]),
  who: parseAsArrayOf(parseAsStringLiteral(WHO)).withDefault([]),
  changed: parseAsBoolean,
};
