'use client';

import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

export interface PickerOption {
  id: string;
  name: string;
  /** What tells it from others: status, size, place. */
  about: ReactNode;
  /** First reason why it will not do; it can be chosen all the same, to see all reasons and the way out. */
  refused: string | null;
}

export interface Found {
  options: readonly PickerOption[];
  loading: boolean;
  error: string | null;
  /** Fetches more, while there are more. */
  more: (() => void) | null;
}

/** What was found, as a listbox that fetches on while it is scrolled. */
export function OptionList({
  id,
  label,
  found,
  active,
  onPick,
  onHover,
}: {
  id: string;
  label: string;
  found: Found;
  active: number;
  onPick: (id: string) => void;
  onHover: (id: string) => void;
}) {
  const { options, more } = found;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className="border-t">
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        onScroll={({ currentTarget: box }) => {
          if (box.scrollTop + box.clientHeight > box.scrollHeight - 120) more?.();
        }}
        className={clsx(
          'max-h-60 min-h-20 overflow-y-auto p-1',
          found.loading && options.length > 0 && 'opacity-60',
        )}
      >
        {options.map((option, index) => (
          <OptionRow
            key={option.id}
            id={`${id}-${option.id}`}
            option={option}
            active={index === active}
            onPick={onPick}
            onHover={onHover}
          />
        ))}
      </div>
      {options.length > 0 ? null : (
        <p className="-mt-14 px-3 pb-6 text-center text-muted text-sm">
          {found.error ?? (found.loading ? 'Searching…' : 'Nothing found')}
        </p>
      )}
    </div>
  );
}

function OptionRow({
  id,
  option,
  active,
  onPick,
  onHover,
}: {
  id: string;
  option: PickerOption;
  active: boolean;
  onPick: (id: string) => void;
  onHover: (id: string) => void;
}) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={() => {
        if (!active) onHover(option.id);
      }}
      // Not click: the press would first take the focus out of the search.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(option.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onPick(option.id);
      }}
      className={clsx('cursor-pointer rounded px-2 py-1 text-sm', active && 'bg-hover')}
    >
      <span className="flex min-h-5 items-center gap-2">
        <span
          className={clsx('min-w-0 flex-1 truncate', option.refused === null ? 'font-medium' : 'text-muted')}
        >
          {option.name}
        </span>
        <span className="flex shrink-0 items-center gap-2.5 text-muted text-xs">{option.about}</span>
      </span>
      {option.refused === null ? null : (
        <span className="flex items-start gap-1 text-muted text-xs">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0 text-attention" />
          <span className="min-w-0 break-words">{option.refused}</span>
        </span>
      )}
    </div>
  );
}
