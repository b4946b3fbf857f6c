'use client';

import { X } from 'lucide-react';
import { IconButton } from '~/app/_components/button';
import type { Pickable } from '~/server/domain/engine/fields';
import { PickField } from './pick-field';
import { oneOf, PICKABLE_WORDS, usePicked } from './use-pickable';

/** Which ones: what was chosen so far, and a box to choose another. */
export function PicksField({
  label,
  note,
  of,
  value,
  onChange,
}: {
  label: string;
  note: string | undefined;
  of: Pickable;
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
}) {
  return (
    <fieldset className="min-w-0 space-y-1.5">
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      {value.length === 0 ? null : (
        <ul className="space-y-1">
          {value.map((id) => (
            <PickedOne
              key={id}
              id={id}
              of={of}
              onRemove={() => onChange(value.filter((each) => each !== id))}
            />
          ))}
        </ul>
      )}
      <PickField
        label={value.length === 0 ? `Add ${oneOf(of)}` : `Add another ${PICKABLE_WORDS[of]}`}
        note={note}
        of={of}
        value=""
        clearable={false}
        onChange={(id) => {
          if (id !== '' && !value.includes(id)) onChange([...value, id]);
        }}
      />
    </fieldset>
  );
}

function PickedOne({ id, of, onRemove }: { id: string; of: Pickable; onRemove: () => void }) {
  const { name, hint } = usePicked(of, id);
  return (
    <li className="flex min-h-8 items-center gap-2 rounded-md border bg-sunken py-0.5 pr-0.5 pl-2.5 text-sm">
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      <span className="shrink-0 text-muted text-xs">{hint}</span>
      <IconButton label={`Leave out ${name}`} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}
