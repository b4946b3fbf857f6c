'use client';

import type { inferParserType } from 'nuqs';
import { choice, type ListFilter, toggle } from '~/app/_components/list-filters';
import { ATTACH_MODES } from '~/server/domain/attachment';
import { type attachmentParams, STATUS_CHOICES } from './search-params';

type Params = inferParserType<typeof attachmentParams>;

const MODE_WORDS = { rw: 'Read and write', ro: 'Read-only' };

/** Filters of the list of attachments. */
export function attachmentFilters(
  params: Params,
  set: (values: Partial<Pick<Params, 'status' | 'mode' | 'broken' | 'cursor'>>) => unknown,
): ListFilter[] {
  return [
    choice({
      label: 'Status',
      values: params.status,
      known: STATUS_CHOICES,
      optionOf: (value) => ({ value, label: value === 'none' ? 'none: no record' : value }),
      onChange: (status) => set({ status, cursor: null }),
    }),
    choice({
      label: 'Mode',
      values: params.mode,
      known: ATTACH_MODES,
      optionOf: (value) => ({ value, label: MODE_WORDS[value] }),
      onChange: (mode) => set({ mode, cursor: null }),
    }),
    toggle({
      label: 'Broken',
      value: params.broken,
      wanted: true,
      onChange: (broken) => set({ broken, cursor: null }),
    }),
  ];
}
