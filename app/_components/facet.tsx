'use client';

import { clsx } from 'clsx';
import { Check, Plus, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';

export interface FacetOption {
  value: string;
  label?: ReactNode;
  /** How many there are; left out when nobody has counted. */
  count?: number | undefined;
}

const SEARCHABLE_FROM = 9;
const SHOWN_VALUES = 2;

/**
 * One filter: a chip that is dashed while it filters nothing, and says by what it filters else.
 * @param values chosen; a row matches when it has any of them
 */
export function Facet({
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
  const [open, setOpen] = useState(false);
  const active = values.length > 0;
  const text =
    values.length > SHOWN_VALUES ? `${values.length} chosen` : values.map((value) => value).join(', ');
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-center rounded-md border text-sm',
        active ? 'border-accent/40 bg-accent-soft' : 'border-line-strong border-dashed',
      )}
    >
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="flex h-full items-center gap-1.5 rounded-md px-2.5 text-muted hover:text-ink">
          {active ? null : <Plus aria-hidden className="size-3.5" />}
          <span>{label}</span>
          {active ? <span className="max-w-52 truncate font-medium text-ink">{text}</span> : null}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            aria-label={`Filter by ${label.toLowerCase()}`}
            align="start"
            sideOffset={4}
            collisionPadding={8}
            className="z-50 w-64 animate-enter rounded-lg border bg-raised p-1 shadow-raised outline-none"
          >
            <Options label={label} options={options} values={values} onChange={onChange} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {active ? (
        <button
          type="button"
          aria-label={`Remove filter ${label}`}
          onClick={() => onChange([])}
          className="mr-1 grid size-6 place-items-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </span>
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
        <span className="text-faint text-xs tabular-nums">{option.count.toLocaleString()}</span>
      )}
    </label>
  );
}

/** The box of a checkbox that hides its own; a sibling of it. */
export function Tick({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid size-4 shrink-0 place-items-center rounded border peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-1',
        checked ? 'border-accent bg-accent text-on-accent' : 'border-control bg-surface',
      )}
    >
      {checked ? <Check className="size-3" strokeWidth={3} /> : null}
    </span>
  );
}
