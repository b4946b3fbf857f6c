'use client';

import type { inferParserType } from 'nuqs';
import { Facet } from '~/app/_components/facet';
import { ToggleChip } from '~/app/_components/toggle-chip';
import { ATTACH_MODES } from '~/server/domain/attachment';
import { type attachmentParams, STATUS_CHOICES } from './search-params';

type Params = inferParserType<typeof attachmentParams>;

const MODE_WORDS = { rw: 'Read and write', ro: 'Read-only' };

/** Filters of the list of attachments. */
export function AttachmentFilters({
  params,
  set,
}: {
  params: Params;
  set: (values: Partial<Pick<Params, 'status' | 'mode' | 'broken' | 'cursor'>>) => unknown;
}) {
  return (
    <>
      <Facet
        label="Status"
        values={params.status}
        options={STATUS_CHOICES.map((value) => ({
          value,
          label: value === 'none' ? 'none: no record' : value,
        }))}
        onChange={(values) =>
          set({ status: STATUS_CHOICES.filter((status) => values.includes(status)), cursor: null })
        }
      />
      <Facet
        label="Mode"
        values={params.mode}
        options={ATTACH_MODES.map((value) => ({ value, label: MODE_WORDS[value] }))}
        onChange={(values) =>
          set({ mode: ATTACH_MODES.filter((mode) => values.includes(mode)), cursor: null })
        }
      />
      <ToggleChip
        label="Broken"
        on={params.broken === true}
        onChange={(on) => set({ broken: on ? true : null, cursor: null })}
      />
    </>
  );
}
