'use client';

import { type ReactNode, useId } from 'react';
import { Tick } from './tick';

/** A checkbox with a sentence, and what it means beneath. */
export function Checkbox({
  label,
  note,
  checked,
  onChange,
}: {
  label: ReactNode;
  note?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div>
      <label className="relative flex min-h-6 cursor-pointer items-start gap-2 text-sm">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={note === undefined ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute size-4 cursor-pointer opacity-0"
        />
        <Tick checked={checked} />
        <span>{label}</span>
      </label>
      {note === undefined ? null : (
        <p id={id} className="ml-6 text-muted text-xs">
          {note}
        </p>
      )}
    </div>
  );
}
