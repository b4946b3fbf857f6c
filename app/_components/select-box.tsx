'use client';

import { Tick } from './tick';

/** A checkbox without a sentence beside it: its place in the table says what it is about. */
export function SelectBox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: () => void;
}) {
  return (
    <label className="relative grid size-6 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={onChange}
        data-select
        className="peer absolute inset-0 cursor-pointer opacity-0"
      />
      <Tick checked={checked} />
    </label>
  );
}
