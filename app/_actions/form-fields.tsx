'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { DevicesField, readDeviceDraft } from './devices-field';
import { FieldView } from './field-view';
import type { VerbForm } from './use-verb-form';

/** More optional fields than this are folded away, so that what matters is seen first. */
const SHOWN_OPTIONAL = 5;

/** The fields of a form: what has to be given first, then what can be left alone. */
export function FormFields({
  form,
  id,
}: {
  form: Pick<VerbForm, 'fields' | 'draft' | 'change' | 'reading'>;
  /** Beginning of the fields' ids. */
  id: string;
}) {
  const names = Object.keys(form.fields);
  const optional = names.filter((name) => form.fields[name]?.optional);
  const folded = optional.length > SHOWN_OPTIONAL ? optional.slice(SHOWN_OPTIONAL) : [];
  // Nothing is hidden that was filled when it opened.
  const [open] = useState(() => folded.some((name) => !isBlank(form.draft(name))));
  if (names.length === 0) return null;
  const view = (name: string) => {
    const field = form.fields[name];
    const draft = form.draft(name);
    if (field === undefined || draft === undefined) return null;
    // A document by its wire, but nobody should have to write it.
    const devices = name === 'devices' ? readDeviceDraft(String(draft)) : null;
    if (devices !== null) {
      return (
        <DevicesField
          key={name}
          label={`${field.label} (optional)`}
          devices={devices}
          onChange={(next) => form.change(name, next)}
        />
      );
    }
    return (
      <FieldView
        key={name}
        id={`${id}-${name}`}
        field={field}
        draft={draft}
        problem={form.reading.problems[name]}
        onChange={(next) => form.change(name, next)}
      />
    );
  };
  return (
    <div className="space-y-3">
      {names.filter((name) => !folded.includes(name)).map(view)}
      {folded.length === 0 ? null : (
        <details className="group" open={open || undefined}>
          <summary className="-mx-1 inline-flex min-h-6 list-none items-center gap-1 rounded px-1 text-muted text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
            More
          </summary>
          <div className="mt-2 space-y-3">{folded.map(view)}</div>
        </details>
      )}
    </div>
  );
}

function isBlank(draft: unknown): boolean {
  return (
    draft === undefined || draft === '' || draft === false || (Array.isArray(draft) && draft.length === 0)
  );
}
