import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsStringLiteral,
} from 'nuqs/server';
import { directionParam, listParams, pageInput, some } from '~/app/_lib/list-params';
import type { Inputs } from '~/app/_trpc/types';
import { ATTACH_MODES, ATTACH_STATUSES } from '~/server/domain/attachment';

const ATTACHMENT_SORTS = ['volume', 'server', 'device', 'status', 'mode', 'project', 'created'] as const;
export type AttachmentSort = (typeof ATTACHMENT_SORTS)[number];

/** `none`: storage has no record of it. */
export const STATUS_CHOICES = [...ATTACH_STATUSES, 'none'] as const;

export const attachmentParams = {
  ...listParams,
  sort: parseAsStringLiteral(ATTACHMENT_SORTS).withDefault('volume'),
  dir: directionParam('asc'),
  status: parseAsArrayOf(parseAsStringLiteral(STATUS_CHOICES)).withDefault([]),
  mode: parseAsArrayOf(parseAsStringLiteral(ATTACH_MODES)).withDefault([]),
  broken: parseAsBoolean,
};

export const loadAttachmentParams = createLoader(attachmentParams);

/** @returns what the API is asked for; the same on the server and in the browser, so that one finds the other's answer */
export function attachmentListInput(
  params: inferParserType<typeof attachmentParams>,
): Inputs['attachments']['list'] {
  return {
    ...pageInput(params),
    status: some(params.status),
    mode: some(params.mode),
    broken: params.broken ?? undefined,
  };
}
