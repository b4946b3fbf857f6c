'use client';

import { Checkbox } from '~/app/_components/checkbox';
import { SelectField, TextField } from '~/app/_components/field';
import type { Field } from '~/server/domain/engine/fields';
import type { Draft, Entry } from './drafts';
import { EntriesField } from './entries-field';
import { PickField } from './pick-field';
import { PicksField } from './picks-field';
import { TextArea } from './text-area';

interface FieldViewProps {
  id: string;
  field: Field;
  draft: Draft;
  /** What is wrong with it; shown beneath. */
  problem: string | undefined;
  onChange: (draft: Draft) => void;
}

/** One field of a verb, by its kind. */
export function FieldView({ id, field, draft, problem, onChange }: FieldViewProps) {
  const label = field.optional ? `${field.label} (optional)` : field.label;
  const usual = { id, label, note: field.hint, error: problem };
  switch (field.kind) {
    case 'flag':
      return <Checkbox label={field.label} note={field.hint} checked={draft === true} onChange={onChange} />;
    case 'choice':
      return (
        <SelectField
          id={id}
          label={label}
          note={field.hint}
          value={String(draft)}
          onChange={(event) => onChange(event.target.value)}
        >
          {draft === '' || field.optional ? (
            <option value="">{field.optional ? 'Leave it open' : 'Choose…'}</option>
          ) : null}
          {field.options.map((option) => (
            <option key={option} value={option}>
              {field.words?.[option] ?? option}
            </option>
          ))}
        </SelectField>
      );
    case 'integer':
      return (
        <TextField
          {...usual}
          label={
            field.unit === undefined
              ? label
              : `${field.label}, in ${field.unit}${field.optional ? ' (optional)' : ''}`
          }
          inputMode={field.min < 0 ? 'text' : 'numeric'}
          autoComplete="off"
          className="sm:max-w-56"
          value={String(draft)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'text':
      return field.multiline ? (
        <TextArea {...usual} maxLength={field.max} value={String(draft)} onChange={onChange} />
      ) : (
        <TextField
          {...usual}
          maxLength={field.max}
          autoComplete="off"
          spellCheck={false}
          value={String(draft)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'document':
      return <TextArea {...usual} code value={String(draft)} onChange={onChange} />;
    case 'pick':
      return (
        <PickField
          label={label}
          note={field.hint}
          of={field.of}
          value={String(draft)}
          clearable={field.optional === true}
          onChange={onChange}
        />
      );
    case 'picks':
      return (
        <PicksField
          label={label}
          note={field.hint}
          of={field.of}
          value={draft as readonly string[]}
          onChange={onChange}
        />
      );
    case 'pairs':
    case 'names':
    case 'numbers':
      return (
        <EntriesField
          label={label}
          note={field.hint}
          error={problem}
          kind={field.kind}
          entries={draft as readonly Entry[]}
          onChange={onChange}
        />
      );
  }
}
