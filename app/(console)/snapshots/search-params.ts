import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { directionParam, listParams, pageInput, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { SNAPSHOT_STATUSES } from '~/server/domain/snapshot';

const SNAPSHOT_SORTS = ['name', 'volume', 'size', 'status', 'project', 'created'] as const;
export type SnapshotSort = (typeof SNAPSHOT_SORTS)[number];

export const snapshotParams = {
  ...listParams,
  sort: parseAsStringLiteral(SNAPSHOT_SORTS).withDefault('created'),
  dir: directionParam('desc'),
  status: parseAsArrayOf(parseAsStringLiteral(SNAPSHOT_STATUSES)).withDefault([]),
  /** Id of the volume that all of them are of. */
  of: parseAsString,
};

export const loadSnapshotParams = createLoader(snapshotParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function snapshotListInput(
  params: inferParserType<typeof snapshotParams>,
): Inputs['snapshots']['list'] {
  return {
    ...pageInput(params),
    status: some(params.status),
    volumeId: params.of ?? undefined,
  };
}
