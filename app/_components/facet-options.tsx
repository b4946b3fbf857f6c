'use client';

import { Popover } from 'radix-ui';
import { type ReactElement, useState } from 'react';
import type { FacetOption } from './facet';
import { totalText } from './pager';
import { Tick } from './tick';

const SEARCHABLE_FROM = 9;

interface Choosing {
  label: string;
  options: readonly FacetOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** The values of a filter, to tick; loaded when they are wanted first. */
export default function FacetOptions({ button, ...choosing }: Choosing & { button: ReactElement }) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{button}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={`Filter by ${choosing.label.toLowerCase()}`}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="floats z-50 w-64 animate-enter rounded-lg border p-1 shadow-raised outline-none"
        >
          <Options {...choosing} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Options({
  label,
  options,
  values,
  onChange,
}: {
  label: string;
  options: readonly FacetOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const [needle, setNeedle] = useState('');
  const shown = options.filter((option) => option.value.toLowerCase().includes(needle.toLowerCase()));
  return (
    <>
      {options.length < SEARCHABLE_FROM ? null : (
        <input
          type="text"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={needle}
          onChange={(event) => setNeedle(event.target.value)}
          className="mb-1 h-8 w-full rounded border border-control bg-surface px-2 text-sm placeholder:text-faint"
        />
      )}
      <fieldset className="max-h-72 overflow-y-auto">
        <legend className="sr-only">{label}</legend>
        {shown.map((option) => (
          <Option
            key={option.value}
            option={option}
            checked={values.includes(option.value)}
            onToggle={(checked) =>
              onChange(checked ? [...values, option.value] : values.filter((value) => value !== option.value))
            }
          />
        ))}
        {shown.length === 0 ? (
          <p className="px-2 py-3 text-center text-muted text-sm">Nothing to choose</p>
        ) : null}
      </fieldset>
    </>
  );
}

function Option({
  option,
  checked,
  onToggle,
}: {
  option: FacetOption;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}) {
  return (
    <label className="relative flex min-h-7 cursor-pointer items-center gap-2 rounded px-2 text-sm hover:bg-hover has-focus-visible:bg-hover">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onToggle(event.target.checked)}
        className="peer absolute size-4 cursor-pointer opacity-0"
      />
      <Tick checked={checked} />
      <span className="min-w-0 flex-1 truncate">{option.label ?? option.value}</span>
      {option.count === undefined ? null : (
        <span className="text-faint text-xs tabular-nums">
          {totalText({ count: option.count, capped: option.capped === true })}
        </span>
      )}
    </label>
  );
}
